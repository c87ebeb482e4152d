import type { Check, Context, Resource, Rule, StackCheck } from "../rules/rule.ts";
import { matches } from "./glob.ts";
import type { Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";
import type { Verdict } from "./truth.ts";

/** The stacks that rules for production hold for, unless a rule's option `stacks` names others. */
export const PRODUCTION: readonly string[] = ["prod", "prod-*", "*-prod", "production"];

/** What a rule says about a resource. A resource that a rule looks at and says nothing about keeps it. */
export interface Judgement {
    readonly rule: Rule;
    readonly urn: string;
    readonly verdict: Verdict;
}

/** How a run differs from the usual. */
export interface JudgeOptions {
    readonly settings: Settings;
    /** The day to judge by, as `2026-11-21`. */
    readonly today: string;
}

/** Runs rules over resources. It knows of no engine, so packs, the offline plan and the evidence all use it. */
export class Judge {
    readonly #rules: readonly Rule[];
    readonly #options: JudgeOptions;
    readonly #byType = new Map<string, readonly (readonly [Rule, Check])[]>();
    readonly #contexts = new Map<Rule, Context>();

    constructor(rules: readonly Rule[], options: JudgeOptions) {
        this.#options = options;
        this.#rules = rules.filter((rule) => options.settings.level(rule) !== "disabled");
    }

    /** What the rules say about a resource's inputs. */
    resource(resource: Resource): readonly Judgement[] {
        return this.#checks(resource.type).flatMap(([rule, check]) => {
            const context = this.#context(rule);
            if (!isFor(rule, context, resource.urn)) return [];
            const { urn } = resource;
            return check(resource, context).map((verdict) => ({ rule, urn, verdict }));
        });
    }

    /** What the rules say about the resources together. */
    stack(stack: Stack): readonly Judgement[] {
        const first = stack.resources[0]?.urn ?? "";
        return this.#rules.flatMap((rule) => {
            if (rule.stack === undefined || !isFor(rule, this.#context(rule), first)) return [];
            return rule.stack
                .check(stack, this.#context(rule))
                .map(({ urn, ...verdict }) => ({ rule, urn, verdict }));
        });
    }

    /** The rules that judge resources of a type, alone or together with others. */
    rulesFor(type: string, urn: string): readonly Rule[] {
        return this.#rules.filter(
            (rule) => judges(rule, type) && isFor(rule, this.#context(rule), urn),
        );
    }

    #checks(type: string): readonly (readonly [Rule, Check])[] {
        let found = this.#byType.get(type);
        if (found === undefined) {
            found = this.#rules.flatMap((rule) => {
                const check = checkOf(rule, type);
                return check === undefined ? [] : [[rule, check] as const];
            });
            this.#byType.set(type, found);
        }
        return found;
    }

    #context(rule: Rule): Context {
        let context = this.#contexts.get(rule);
        if (context === undefined) {
            const { settings, today } = this.#options;
            context = { options: settings.options(rule), today };
            this.#contexts.set(rule, context);
        }
        return context;
    }
}

/** True if a rule judges resources of a type, alone or together with others. */
export function judges(rule: Rule, type: string): boolean {
    return checkOf(rule, type) !== undefined || rule.stack?.judges.includes(type) === true;
}

/** What a rule has to say about resources of a type, if anything. */
function checkOf({ checks, concerns }: Rule, type: string): Check | undefined {
    if (Object.hasOwn(checks, type)) return checks[type];
    return concerns?.(type) === false ? undefined : checks["*"];
}

/** The types whose inputs a stack rule may need again at the end. */
export function readByStack({ judges, reads = [] }: StackCheck): readonly string[] {
    return [...judges, ...reads];
}

/** The stack in a URN: `urn:pulumi:STACK::PROJECT::TYPE::NAME`. */
export function stackOf(urn: string): string {
    return (urn.split("::", 1)[0] ?? "").replace(/^urn:pulumi:/, "");
}

function isFor(rule: Rule, { options }: Context, urn: string): boolean {
    if (rule.production !== true) return true;
    const own = options.get("stacks").list();
    const patterns =
        own.state === "known"
            ? own.value.flatMap((entry) => {
                  const text = entry.text();
                  return text.state === "known" ? [text.value] : [];
              })
            : PRODUCTION;
    return patterns.some((pattern) => matches(stackOf(urn), pattern));
}
