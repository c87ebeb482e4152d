import { levelOf, type Level, type Rule } from "../rules/rule.ts";
import { Value } from "./reader.ts";

/** What the engine takes as a rule's level. At `remediate` a rule's safe repairs are made; what is left is mandatory. */
export type ConfiguredLevel = "advisory" | "mandatory" | "remediate" | "disabled";

/** A file for `--policy-pack-config`: levels and options by rule, and a level for all. */
export type PackConfig = Readonly<
    Record<
        string,
        | ConfiguredLevel
        | { readonly enforcementLevel?: ConfiguredLevel; readonly [option: string]: unknown }
    >
>;

/** The option by which a user lets a rule's repair replace the resource. */
export const ALLOW_REPLACEMENT = "allowReplacement";

/** The levels and options in force for each rule. */
export class Settings {
    readonly #levels = new Map<string, ConfiguredLevel>();
    readonly #options = new Map<string, Value>();

    constructor(rules: readonly Rule[], config: PackConfig = {}) {
        const { all } = config;
        const levelForAll = typeof all === "object" ? all.enforcementLevel : all;
        for (const rule of rules) {
            const own = config[rule.id];
            const { enforcementLevel, ...options } =
                typeof own === "object" ? own : { enforcementLevel: own };
            this.#levels.set(rule.id, enforcementLevel ?? levelForAll ?? levelOf(rule));
            this.#options.set(rule.id, new Value({ ...defaults(rule), ...options }));
        }
    }

    level(rule: Rule): ConfiguredLevel {
        return this.#levels.get(rule.id) ?? levelOf(rule);
    }

    /** The level that a finding is reported at: what is still broken after its repair stops the deployment. */
    reported(rule: Rule): Level {
        const level = this.level(rule);
        if (level === "disabled") return levelOf(rule);
        return level === "remediate" ? "mandatory" : level;
    }

    /** What the user set, over the defaults that the rule's schema names. */
    options(rule: Rule): Value {
        return this.#options.get(rule.id) ?? new Value(defaults(rule));
    }

    /** Whether a repair of the rule may replace the resource. */
    allowsReplacement(rule: Rule): boolean {
        const allowed = this.options(rule).get(ALLOW_REPLACEMENT).flag();
        return allowed.state === "known" && allowed.value;
    }
}

function defaults(rule: Rule): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(rule.options?.properties ?? {})
            .filter(([, schema]) => schema.default !== undefined)
            .map(([name, schema]) => [name, schema.default]),
    );
}
