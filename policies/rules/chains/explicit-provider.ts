import { failIf, isPresent, not, or } from "../../runtime/truth.ts";
import type { Check, Rule } from "../rule.ts";

const PACKAGES: readonly string[] = ["aws", "azure-native", "gcp", "kubernetes"];

/** The engine's own providers are `default` and `default_7_48_0`. */
const DEFAULT = /^default(_|$)/;

const explicit: Check = ({ inputs, provider = "" }) =>
    failIf(DEFAULT.test(provider), inputs, "uses a default provider");

/** What pins a provider to its place, by package; one of them has to be there. */
const PINS: Readonly<Record<string, readonly [string, ...string[]]>> = {
    aws: ["region", "allowedAccountIds"],
    "azure-native": ["subscriptionId"],
    gcp: ["project"],
    kubernetes: ["kubeconfig", "context", "cluster"],
};

const pinned =
    ([first, ...others]: readonly [string, ...string[]]): Check =>
    ({ inputs, name }) => {
        const pins = [first, ...others].map((input) => isPresent(inputs.get(input)));
        return failIf(
            DEFAULT.test(name) ? false : not(or(...pins)),
            inputs.get(first),
            "is left to the environment of whoever runs the program",
        );
    };

function remediesOf(pkg: string): readonly (readonly [string, string])[] {
    const [pin] = PINS[pkg]!;
    return [
        [
            pkg,
            `Make a provider with ${pin}, and pass it as provider or providers. Set pulumi:disable-default-providers to refuse all others.`,
        ],
        [`pulumi:providers:${pkg}`, `Set ${pin} on the provider.`],
    ];
}

/** Nothing lands where the shell happens to point. */
export const explicitProvider: Rule = {
    id: "xr-provider-explicit",
    title: "Every resource names its provider, and the provider its account or region.",
    why: "A default provider follows the shell it runs in, so the same program may build, or delete, in another account.",
    clouds: ["aws", "azure", "gcp", "kubernetes"],
    pack: "reliability",
    severity: "low",
    requirements: {},
    analogies: { "SOC 2": ["CC8.1"] },
    remediation: Object.fromEntries(PACKAGES.flatMap(remediesOf)),
    see: "https://www.pulumi.com/docs/iac/concepts/resources/providers/",
    checks: {
        "*": explicit,
        ...Object.fromEntries(
            PACKAGES.map((pkg) => [`pulumi:providers:${pkg}`, pinned(PINS[pkg]!)]),
        ),
    },
    concerns: (type) => PACKAGES.includes(type.slice(0, type.indexOf(":"))),
};
