import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import {
    and,
    failIf,
    holds,
    isOn,
    not,
    or,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import { KUBERNETES_PROVIDER, NAMESPACE, placesOf, type Places } from "../places.ts";
import { isMissing, POD_TYPES, podCheck, podsOf, type Pod } from "../pods.ts";
import { forTypes, on, type Rule, type StackVerdict } from "../rule.ts";

const ACCOUNT = "kubernetes:core:ServiceAccount";

/** The field that names the account; `serviceAccount` is its old name, which the API server still takes. */
function accountOf({ spec }: Pod): Value {
    const name = spec.get("serviceAccountName");
    const old = spec.get("serviceAccount");
    return name.state === "absent" && old.state !== "absent" ? old : name;
}

function isDefault(pod: Pod): Truth {
    const name = accountOf(pod);
    return holds(
        name,
        name.text(),
        (text) => text === "" || text === "default",
        isMissing(pod, name),
    );
}

const hasSpec = ({ spec }: Pod) => spec.state !== "absent";

/** Every workload is somebody. */
export const noDefaultServiceAccount: Rule = {
    id: "k8s-no-default-sa",
    title: "Every pod runs under a service account of its own.",
    why: "All pods that name no account share the default one, so that a right given to one of them is given to all.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "medium",
    requirements: { "CIS EKS": ["4.1.5"], "CIS AKS": ["4.1.5"] },
    remediation: "Create a ServiceAccount for the workload and name it in serviceAccountName.",
    see: "https://kubernetes.io/docs/concepts/security/service-accounts/",
    checks: forTypes(
        POD_TYPES,
        podCheck((pod) =>
            hasSpec(pod)
                ? failIf(isDefault(pod), accountOf(pod), "is the account of all pods")
                : [],
        ),
    ),
};

/** A pod that asks for the token and has an account of its own has opted in. */
function judgeAsked(pod: Pod): readonly Verdict[] {
    const value = pod.spec.get("automountServiceAccountToken");
    const bad = and(isOn(value, false), isDefault(pod));
    return failIf(bad, value, "gives the pod the token of an account that is everybody's");
}

/** Whether an account says that its pods get no token unless they ask. */
const refuses = ({ inputs }: StackResource): Truth =>
    not(isOn(inputs.get("automountServiceAccountToken"), true));

/** The service accounts of a stack, as the pods that run under them find them. */
class Accounts {
    readonly #stack: Stack;
    readonly #places: Places;
    readonly #refusals = new Map<string, Truth>();
    /** Unknown as long as an account that refuses has no name or namespace yet, for then it may be any pod's. */
    #unnamed: Truth = false;

    constructor(stack: Stack) {
        this.#stack = stack;
        this.#places = placesOf(stack);
        for (const account of stack.all(ACCOUNT)) this.#add(account);
    }

    #add(account: StackResource): void {
        const place = this.#places.namespace(account);
        const { path } = account.inputs.at("metadata.name");
        const name = account.inputs.at("metadata.name").text();
        if (place !== undefined && name.state === "known") {
            this.#refusals.set(`${place} ${name.value}`, refuses(account));
        } else this.#unnamed = or(this.#unnamed, and({ unknown: path }, refuses(account)));
    }

    /** Whether a pod's account says that it gets no token unless it asks. */
    refuse(workload: StackResource, name: Value): Truth {
        const text = name.text();
        if (text.state === "unknown") return this.#refusesByReference(workload, name);
        const wanted = text.state === "known" && text.value !== "" ? text.value : "default";
        const place = this.#places.namespace(workload);
        if (place === undefined) return { unknown: name.path };
        return this.#refusals.get(`${place} ${wanted}`) ?? this.#unnamed;
    }

    /** While a name is not known, the reference to the account is there. */
    #refusesByReference(workload: StackResource, name: Value): Truth {
        const input = name.path.split(/[.[]/, 1)[0] ?? "";
        const [first, ...more] = this.#stack
            .targets(workload, input)
            .filter(({ type }) => type === ACCOUNT);
        return first === undefined || more.length > 0 ? { unknown: name.path } : refuses(first);
    }
}

/** Pods that leave it open get what their account says, which may be another resource of the stack. */
function unasked(stack: Stack): readonly StackVerdict[] {
    const accounts = new Accounts(stack);
    const judgeOpen = (workload: StackResource, pod: Pod): readonly Verdict[] => {
        const value = pod.spec.get("automountServiceAccountToken");
        if (value.state === "known") return [];
        const open = and(isMissing(pod, value), not(accounts.refuse(workload, accountOf(pod))));
        const bad = holds(value, value.flag(), () => false, open);
        return failIf(bad, value, "is left open, and by default the token is there");
    };
    return stack.all(...POD_TYPES).flatMap((workload) =>
        podsOf(workload)
            .filter(hasSpec)
            .flatMap((pod) => on(workload, judgeOpen(workload, pod))),
    );
}

/** Only who talks to the API server has a key to it. */
export const tokenNotAutomounted: Rule = {
    id: "k8s-sa-token-not-automounted",
    title: "A pod gets its account's token only if it asks for it.",
    why: "The token opens the API server to whoever takes over the pod, and most programs never use it.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "medium",
    requirements: { "CIS EKS": ["4.1.6"], "CIS AKS": ["4.1.6"], NSA: ["C-0034"] },
    remediation:
        "Set automountServiceAccountToken to false on the pod or its ServiceAccount; set it to true, with an account of its own, for what talks to the API server.",
    see: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting",
    checks: forTypes(POD_TYPES, podCheck(judgeAsked)),
    stack: { judges: POD_TYPES, reads: [ACCOUNT, NAMESPACE, KUBERNETES_PROVIDER], check: unasked },
    note: "A pod opts in by saying true under an account of its own. What it leaves open, its ServiceAccount in the stack may settle.",
};
