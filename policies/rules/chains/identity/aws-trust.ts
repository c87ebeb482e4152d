import type { Value } from "../../../runtime/reader.ts";
import { and, holds, isOneOf, not, or, someOf, type Truth } from "../../../runtime/truth.ts";
import { allows, demanded } from "../../policy-document.ts";

const POD_IDENTITY = "pods.eks.amazonaws.com";

/** The tags that EKS Pod Identity gives a session, unless it is told not to. */
const TAGS = {
    cluster: "aws:RequestTag/eks-cluster-name",
    namespace: "aws:RequestTag/kubernetes-namespace",
    account: "aws:RequestTag/kubernetes-service-account",
} as const;

/** What a session of EKS Pod Identity says about its pods; what is left out is not compared. */
export type Session = Partial<Record<keyof typeof TAGS, Value>> & {
    /** Whether the association turns the tags off. */
    readonly untagged: Truth;
};

/** Whether one of the statements of a trust policy satisfies a test. */
export function someStatement(role: Value, test: (statement: Value) => Truth): Truth {
    return someOf(role.get("assumeRolePolicy").json().get("Statement"), (statement) =>
        and(allows(statement), test(statement)),
    );
}

/** Whether a role lets EKS Pod Identity give it to these pods. */
export function trustsSession(role: Value, session: Session): Truth {
    return someStatement(role, (statement) =>
        and(
            someOf(statement.get("Principal").get("Service"), (one) =>
                isOneOf(one, [POD_IDENTITY], false),
            ),
            does(statement, "sts:assumerole"),
            or(session.untagged, does(statement, "sts:tagsession")),
            ...(["cluster", "namespace", "account"] as const).map((tag) =>
                demands(statement, TAGS[tag], session[tag], session.untagged),
            ),
        ),
    );
}

function does(statement: Value, action: string): Truth {
    return someOf(statement.get("Action"), (one) => isOneOf(one, [action, "sts:*", "*"], false));
}

/** A condition is met by the very text only: a pattern lets in others too. */
function demands(statement: Value, key: string, wanted: Value | undefined, untagged: Truth): Truth {
    return and(
        ...demanded(statement, key).map((values) =>
            and(
                not(untagged),
                wanted === undefined ? true : or(someOf(values, (one) => isSame(one, wanted))),
            ),
        ),
    );
}

function isSame(one: Value, other: Value): Truth {
    const text = other.text();
    if (text.state !== "known") return { unknown: other.path };
    return holds(one, one.text(), (it) => it === text.value, false);
}
