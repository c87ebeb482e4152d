import type { Change, Check, Context, Resource, Rule, StackCheck } from "../rules/rule.ts";
import { matches } from "./glob.ts";
import type { Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";
import { knownTexts, type Verdict } from "./truth.ts";

/** The stacks that rules for production hold for, unless a rule's option `stacks` names others. */
export const PRODUCTION: readonly string[] = ["prod", "prod-*", "*-prod", "production"];

/** What a rule says about a resource. A resource that a rule looks at and says nothing about keeps it. */
export interface Judgement {
    readonly rule: Rule;
    readonly urn: string;
    readonly verdict: Verdict;
}

/** What a rule has to do with a type of resources. */
interface Duty {
    readonly rule: Rule;
    readonly check: Check;
    readonly context: Context;
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
    readonly #byType = new Map<string, readonly Duty[]>();
    readonly #contexts = new Map<Rule, Context>();
    /** Whether each rule for production is for a stack. */
    readonly #production = new Map<Rule, Map<string, boolean>>();

    constructor(rules: readonly Rule[], options: JudgeOptions) {
        this.#options = options;
        this.#rules = rules.filter((rule) => options.settings.level(rule) !== "disabled");
    }

    /** What the rules say about a resource's inputs. */
    resource(resource: Resource): readonly Judgement[] {
        const { type, urn } = resource;
        const found: Judgement[] = [];
        for (const { rule, check, context } of this.#checks(type)) {
            if (!this.#isFor(rule, urn)) continue;
            for (const verdict of check(resource, context)) found.push({ rule, urn, verdict });
        }
        return found;
    }

    /** What the rules say about the resources together. */
    stack(stack: Stack): readonly Judgement[] {
        const first = stack.resources[0]?.urn ?? "";
        return this.#rules.flatMap((rule) => {
            if (rule.stack === undefined || !this.#isFor(rule, first)) return [];
            return rule.stack
                .check(stack, this.#context(rule))
                .map(({ urn, ...verdict }) => ({ rule, urn, verdict }));
        });
    }

    /** The rules that judge resources of a type, alone or together with others. */
    rulesFor(type: string, urn: string): readonly Rule[] {
        return this.#rules.filter((rule) => judges(rule, type) && this.#isFor(rule, urn));
    }

    /** What a rule's repair changes in a resource; nothing where it keeps the rule or the repair is not allowed. */
    repairs(rule: Rule, resource: Resource): readonly Change[] {
        const fix = rule.fixes?.[resource.type];
        if (fix === undefined || !this.#isFor(rule, resource.urn)) return [];
        if (fix.replaces && !this.#options.settings.allowsReplacement(rule)) return [];
        return fix.changes(resource, this.#context(rule));
    }

    #checks(type: string): readonly Duty[] {
        let found = this.#byType.get(type);
        if (found === undefined) {
            found = this.#rules.flatMap((rule) => {
                const check = checkOf(rule, type);
                return check === undefined ? [] : [{ rule, check, context: this.#context(rule) }];
            });
            this.#byType.set(type, found);
        }
        return found;
    }

    #isFor(rule: Rule, urn: string): boolean {
        if (rule.production !== true) return true;
        const stack = stackOf(urn);
        let stacks = this.#production.get(rule);
        if (stacks === undefined) this.#production.set(rule, (stacks = new Map()));
        let found = stacks.get(stack);
        if (found === undefined) stacks.set(stack, (found = names(this.#context(rule), stack)));
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

/** Whether a rule for production is for this stack. */
function names({ options }: Context, stack: string): boolean {
    const own = options.get("stacks").list();
    const patterns = own.state === "known" ? knownTexts(own.value) : PRODUCTION;
    return patterns.some((pattern) => matches(stack, pattern));
}
