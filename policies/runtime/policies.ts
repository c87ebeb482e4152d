import type {
    Policies,
    Policy,
    PolicyProviderResource,
    PolicyResource,
    ReportViolation,
    ResourceValidationPolicy,
    StackValidationArgs,
} from "@pulumi/policy";
import { remediesOf } from "../rules/remedy.ts";
import type { Level, Resource, Rule } from "../rules/rule.ts";
import { applyChanges } from "./changes.ts";
import { factsOf } from "./facts.ts";
import { Judge, readByStack, stackOf, type Judgement } from "./judge.ts";
import { Ledger } from "./ledger.ts";
import { describe } from "./message.ts";
import { normalise } from "./normalise.ts";
import type { Value } from "./reader.ts";
import { Settings, type PackConfig } from "./settings.ts";
import { Stack, type StackResource } from "./stack.ts";
import { siteOf, waiverRules, WaiverRun, type Waiver } from "./waivers.ts";

/** The one policy that does the work, under which no finding is reported. */
export const RUNNER = "guardrails";

/**
 * What a pack is made of: a policy that runs all rules in one pass, and a policy per rule that only states facts.
 *
 * The SDK decodes a resource again for every policy that judges it, which with a policy per rule costs more than all
 * rules together. The policies of the rules therefore judge nothing. They are there so that the engine knows names,
 * levels, severities and options, and users can set them by rule; the runner reports each finding under its rule's name.
 */
export class Pack {
    readonly #rules: readonly Rule[];
    readonly #ledger = new Ledger();
    readonly #joined: ReadonlySet<string>;
    readonly #today: string;
    readonly #waivers: WaiverRun;
    #settings: Settings;
    #judge: Judge;

    /** @param today the day to judge by, as `2026-11-21` */
    constructor(
        rules: readonly Rule[],
        waivers: readonly Waiver[] = [],
        today = new Date().toISOString().slice(0, 10),
    ) {
        this.#rules = [...rules, ...waiverRules];
        this.#today = today;
        const ids = new Set(rules.map(({ id }) => id));
        this.#waivers = new WaiverRun(
            waivers.filter(({ rule }) => ids.has(rule)),
            today,
        );
        this.#joined = new Set(rules.flatMap(({ stack }) => (stack ? readByStack(stack) : [])));
        this.#settings = new Settings(this.#rules);
        this.#judge = this.#newJudge();
    }

    get policies(): Policies {
        return [this.#runner(), ...this.#rules.map((rule) => this.#facts(rule))];
    }

    /** Takes over levels and options. The engine sends them before the first resource. */
    configure(config: PackConfig): void {
        this.#settings = new Settings(this.#rules, config);
        this.#judge = this.#newJudge();
    }

    #newJudge(): Judge {
        return new Judge(this.#rules, { settings: this.#settings, today: this.#today });
    }

    #runner(): Policy {
        const runner: ResourceValidationPolicy = {
            name: RUNNER,
            displayName: "Guardrails",
            description:
                "Runs the rules of this pack in one pass, and notes which inputs are secret. Finds nothing itself.",
            enforcementLevel: "remediate",
            // Comes first of all, so that repairs know of secrets and sites too.
            remediateResource: ({ urn, props, opts }) => {
                this.#ledger.recordSecrets(urn, props);
                this.#ledger.recordParent(urn, opts.parent);
            },
            validateResource: (args, report) => {
                const type = normalise(args.type);
                if (this.#isJoined(type)) this.#ledger.recordInputs(args.urn, args.props);
                const inputs = this.#ledger.read(args.urn, args.props);
                const resource = toResource(args, type, inputs);
                this.#report(this.#judge.resource(resource), () => resource, report);
            },
        };
        const validateStack = (args: StackValidationArgs, report: ReportViolation) => {
            const stack = new Stack(
                args.resources.map((resource) => this.#stackResource(resource)),
            );
            this.#report(this.#judge.stack(stack), (urn) => stack.get(urn), report);
            this.#reportWaivers(stack, report);
        };
        return { ...runner, validateStack } as Policy;
    }

    /** A type is kept for the end if a stack rule reads it, by name or by what it begins with. */
    #isJoined(type: string): boolean {
        return this.#joined.has(type) || this.#joined.has(`${type.split(":")[0]}:*`);
    }

    #stackResource(resource: PolicyResource): StackResource {
        const inputs = this.#ledger.readStack(resource.urn, resource.props);
        return {
            ...toResource(resource, normalise(resource.type), inputs),
            given: this.#ledger.readGiven(resource.urn, resource.props),
            references: (input) =>
                (resource.propertyDependencies[input] ?? []).map(({ urn }) => urn),
            dependencies: resource.dependencies.map(({ urn }) => urn),
            parent: resource.parent?.urn ?? this.#ledger.parentOf(resource.urn),
        };
    }

    #report(
        judgements: readonly Judgement[],
        resourceOf: (urn: string) => Resource | undefined,
        report: ReportViolation,
    ): void {
        for (const { rule, urn, verdict } of judgements) {
            const resource = resourceOf(urn);
            if (resource === undefined) continue;
            const waiver = this.#waiverOf(rule, resource);
            if (verdict.state !== "fail") continue;
            const text = describe(rule, verdict, resource);
            const words = waiver === undefined ? text : `${waived(waiver)}\n${text}`;
            this.#say(rule, words, urn, report, waiver && "advisory");
        }
    }

    #waiverOf(rule: Rule, resource: Resource): Waiver | undefined {
        const site = siteOf(resource.urn, (child) => this.#ledger.parentOf(child));
        return this.#waivers.find(rule, { resource, site });
    }

    /** A waiver that has expired or waives nothing is told on the stack itself. */
    #reportWaivers({ resources }: Stack, report: ReportViolation): void {
        const [first] = resources;
        if (first === undefined) return;
        for (const { rule, message } of this.#waivers.findings(stackOf(first.urn))) {
            const words = `${message}.\n${rule.why}\n${remediesOf(rule).join("\n")}`;
            this.#say(rule, words, undefined, report);
        }
    }

    #say(
        rule: Rule,
        words: string,
        urn: string | undefined,
        report: ReportViolation,
        level?: Level,
    ): void {
        if (this.#settings.level(rule) === "disabled") return;
        const finding: Finding = {
            name: rule.id,
            description: rule.title,
            message: `${rule.title}\n${words}`,
            urn,
            enforcementLevel: level ?? this.#settings.reported(rule),
            severity: rule.severity,
        };
        // The SDK takes such an object and reports it under its name; its types say text only.
        report(finding as unknown as string);
    }

    #facts(rule: Rule): Policy {
        const policy = factsOf(rule);
        if (rule.fixes === undefined) return policy;
        const repairing: ResourceValidationPolicy = {
            ...policy,
            validateResource: [],
            remediateResource: (args) => {
                const type = normalise(args.type);
                if (rule.fixes?.[type] === undefined) return;
                const inputs = this.#ledger.read(args.urn, args.props);
                const resource = toResource(args, type, inputs);
                const changes = this.#judge.repairs(rule, resource);
                if (changes.length === 0 || this.#waiverOf(rule, resource) !== undefined) return;
                return applyChanges(args.props, changes);
            },
        };
        return repairing;
    }
}

/** What the SDK's report function takes besides text. */
interface Finding {
    readonly name: string;
    readonly description: string;
    readonly message: string;
    readonly urn: string | undefined;
    readonly enforcementLevel: Level;
    readonly severity: string;
}

/** A waived finding stays in sight, with who answers for it. */
export function waived({ expires, owner, reason }: Waiver): string {
    return `Waived until ${expires} by ${owner}: ${reason}`;
}

function toResource(
    args: {
        readonly type: string;
        readonly urn: string;
        readonly name: string;
        readonly opts: { readonly protect: boolean };
        readonly provider?: PolicyProviderResource | undefined;
    },
    type: string,
    inputs: Value,
): Resource {
    return {
        type,
        token: args.type,
        urn: args.urn,
        name: args.name,
        inputs,
        protect: args.opts.protect,
        provider: args.provider?.name,
        providerUrn: args.provider?.urn,
    };
}
