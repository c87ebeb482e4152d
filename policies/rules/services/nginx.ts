import type { Value } from "../../runtime/reader.ts";
import { each, failIf, failIfOn, holds, type Verdict } from "../../runtime/truth.ts";
import { forKinds, sorted, type ObjectCheck } from "../objects.ts";
import { POD_TYPES, podsOf } from "../pods.ts";
import { forTypes, type Check, type Rule } from "../rule.ts";
import { chartOf, CHART_TYPES } from "../releases/charts.ts";

const RETIRED = "is ingress-nginx, which gets no security fixes since March 2026";
const SNIPPET = /^nginx\.[a-z.]*(kubernetes\.io|org)\/[a-z-]*snippets?$/;
/** The values of ingress-nginx' chart and of the one of NGINX's maker. */
const SNIPPET_SWITCHES = ["allowSnippetAnnotations", "enableSnippets"] as const;
const CONTROLLER = "k8s.io/ingress-nginx";
const IMAGE = /(^|\/)(ingress-nginx\/controller|nginx-ingress-controller)(-chroot)?([:@]|$)/;

/** Annotations that put text of the Ingress' author into the configuration that all Ingresses share. */
const snippets: ObjectCheck = (ingress) => {
    const annotations = ingress.at("metadata.annotations");
    const entries = annotations.entries();
    if (entries.state === "absent") return [];
    if (entries.state === "unknown") return [{ state: "unknown", path: annotations.path }];
    return sorted(entries.value).flatMap(([name, value]) =>
        failIf(
            SNIPPET.test(name) && value.state !== "absent",
            value,
            "is copied into the proxy's configuration",
        ),
    );
};

const retiredClass: ObjectCheck = (ingressClass) => {
    const controller = ingressClass.at("spec.controller");
    return failIf(
        holds(controller, controller.text(), (text) => text === CONTROLLER, false),
        controller,
        RETIRED,
    );
};

const retiredChart: Check = ({ inputs }) => {
    return [
        ...failIf(chartOf(inputs, ["ingress-nginx"]), inputs.get("chart"), RETIRED),
        ...SNIPPET_SWITCHES.flatMap((name) =>
            failIfOn(inputs.at(`values.controller.${name}`), "lets Ingresses bring snippets"),
        ),
    ];
};

const retiredImage: Check = (resource) =>
    podsOf(resource).flatMap(({ spec }) => each(spec.get("containers"), judgeImage));

function judgeImage(container: Value): readonly Verdict[] {
    const image = container.get("image");
    return failIf(
        holds(image, image.text(), (text) => IMAGE.test(text), false),
        image,
        RETIRED,
    );
}

/** No Ingress changes the proxy of all others, and the proxy is one that somebody maintains. */
export const ingressNoSnippets: Rule = {
    id: "k8s-ingress-no-nginx-snippets",
    title: "No Ingress brings snippets of nginx configuration, and ingress-nginx is not used.",
    why: "A snippet runs in the proxy, which reads the secrets of every namespace (CVE-2021-25742); ingress-nginx is past its end of life, so the next hole in it stays open.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "high",
    requirements: { NSA: ["C-0059", "C-0292"] },
    remediation:
        "Remove the *-snippet annotations, allowSnippetAnnotations and enableSnippets, and move from ingress-nginx to the Gateway API or " +
        "to a controller that is maintained.",
    see: "https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/",
    checks: {
        ...forKinds(["kubernetes:networking.k8s.io:Ingress", "kubernetes:apps:Ingress"], snippets),
        ...forKinds(["kubernetes:networking.k8s.io:IngressClass"], retiredClass),
        ...forTypes(CHART_TYPES, retiredChart),
        ...forTypes(POD_TYPES, retiredImage),
    },
};
