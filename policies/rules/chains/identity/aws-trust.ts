import type { Value } from "../../../runtime/reader.ts";
import {
    and,
    andThen,
    holds,
    isOneOf,
    not,
    orElse,
    someOf,
    type Truth,
} from "../../../runtime/truth.ts";
import { allows, demanded } from "../../policy-document.ts";

const POD_IDENTITY = "pods.eks.amazonaws.com";

type Tag = "cluster" | "namespace" | "account";

/** The tags that EKS Pod Identity gives a session, unless it is told not to, by their keys of conditions in lower case. */
const TAGS: ReadonlyMap<string, Tag> = new Map([
    ["aws:requesttag/eks-cluster-name", "cluster"],
    ["aws:requesttag/kubernetes-namespace", "namespace"],
    ["aws:requesttag/kubernetes-service-account", "account"],
]);

/** What a session of EKS Pod Identity says about its pods; what is left out is not compared. */
export type Session = Partial<Record<Tag, Value>> & {
    /** Whether the association turns the tags off. */
    readonly untagged: Truth;
};

/** Whether one of the statements of a trust policy satisfies a test. */
export function someStatement(role: Value, test: (statement: Value) => Truth): Truth {
    return someOf(role.get("assumeRolePolicy").json().get("Statement"), (statement) =>
        andThen(allows(statement), () => test(statement)),
    );
}

/** Whether a role lets EKS Pod Identity give it to these pods. */
export function trustsSession(role: Value, session: Session): Truth {
    return someStatement(role, (statement) =>
        andThen(isForPodIdentity(statement), () =>
            and(
                does(statement, "sts:assumerole"),
                orElse(session.untagged, () => does(statement, "sts:tagsession")),
                ...tagsDemanded(statement).map(([tag, values]) =>
                    isGiven(values, session[tag], session.untagged),
                ),
            ),
        ),
    );
}

function isForPodIdentity(statement: Value): Truth {
    return someOf(statement.at("Principal.Service"), (one) => isOneOf(one, [POD_IDENTITY], false));
}

function does(statement: Value, action: string): Truth {
    return someOf(statement.get("Action"), (one) => isOneOf(one, [action, "sts:*", "*"], false));
}

/** The conditions of a statement on the tags of a session. */
function tagsDemanded(statement: Value): readonly (readonly [Tag, Value])[] {
    return demanded(statement).flatMap(([key, values]) => {
        const tag = TAGS.get(key.toLowerCase());
        return tag === undefined ? [] : [[tag, values] as const];
    });
}

/** A condition is met by the very text only: a pattern lets in others too. */
function isGiven(values: Value, wanted: Value | undefined, untagged: Truth): Truth {
    return and(
        not(untagged),
        wanted === undefined ? true : someOf(values, (one) => isSame(one, wanted)),
    );
}

function isSame(one: Value, other: Value): Truth {
    const text = other.text();
    if (text.state !== "known") return { unknown: other.path };
    return holds(one, one.text(), (it) => it === text.value, false);
}
