import type { EngineEvent, OpType } from "@pulumi/pulumi/automation/index.js";
import { nameOf, placeOf, typeOf } from "./state.ts";

/** One operation of the engine on one resource. */
export interface Operation {
    readonly urn: string;
    readonly op: OpType;
    /** True for what stands in a cloud; false for components and the stack itself. */
    readonly custom: boolean;
    readonly started: number;
    readonly finished?: number;
}

/** A message about a resource, or about the run if it has no URN. */
export interface Message {
    readonly urn?: string;
    readonly severity: "warning" | "error";
    readonly text: string;
}

/** A rule that a resource breaks. */
export interface Finding {
    readonly policy: string;
    readonly pack: string;
    readonly mandatory: boolean;
    readonly urn?: string;
    readonly text: string;
}

/** Operations that change nothing in a cloud, and are not worth a line. */
const QUIET: ReadonlySet<string> = new Set([
    "same",
    "refresh",
    "read",
    "read-discard",
    "remove-pending-replace",
]);

/** What the engine says only because something else failed, which has said so itself. */
const CONSEQUENCE = /^(update|preview|refresh|destroy) failed$|context canceled$/;

/** True for an operation that changes something. */
export function changes(op: string): boolean {
    return !QUIET.has(op);
}

/** What an engine run has told so far. */
export class Progress {
    readonly running = new Map<string, Operation>();
    readonly done: Operation[] = [];
    readonly failed: Operation[] = [];
    readonly messages: Message[] = [];
    readonly findings: Finding[] = [];
    /** Properties by URN that a preview, a refresh or an update found changed. */
    readonly differences = new Map<string, readonly string[]>();
    readonly packs: Record<string, string> = {};
    seen = 0;
    cancelling = false;
    finished = false;
    private readonly parents = new Map<string, string>();
    private readonly now: () => number;

    constructor(now: () => number = Date.now) {
        this.now = now;
    }

    /** Takes one event. Returns the operation or message that is new, for a line in a log. */
    take(event: EngineEvent): Operation | Message | Finding | undefined {
        if (event.resourcePreEvent) return this.begin(event.resourcePreEvent.metadata);
        if (event.resOutputsEvent) return this.end(event.resOutputsEvent.metadata, this.done);
        if (event.resOpFailedEvent) return this.end(event.resOpFailedEvent.metadata, this.failed);
        if (event.diagnosticEvent) return this.tell(event.diagnosticEvent);
        if (event.policyEvent) return this.find(event.policyEvent);
        if (event.cancelEvent) this.cancelling = true;
        if (event.summaryEvent) {
            this.finished = true;
            // The field's name is capitalised on the wire, unlike in the type.
            const { policyPacks, PolicyPacks } = event.summaryEvent as typeof event.summaryEvent & {
                PolicyPacks?: Record<string, string>;
            };
            for (const [name, version] of Object.entries(policyPacks ?? PolicyPacks ?? {})) {
                // A local pack's name carries its folder: `name|local|/folder`.
                this.packs[name.replace(/\|.*$/, "")] = version;
            }
        }
        return undefined;
    }

    /** The site's name, or undefined for what belongs to none. */
    siteOf(urn: string): string | undefined {
        return placeOf(urn, (at) => this.parents.get(at))?.site;
    }

    private begin(metadata: Metadata): undefined {
        this.seen++;
        this.remember(metadata);
        this.running.set(metadata.urn, this.operation(metadata));
    }

    private end(metadata: Metadata, into: Operation[]): Operation | undefined {
        this.remember(metadata);
        const begun = this.running.get(metadata.urn);
        this.running.delete(metadata.urn);
        const operation = {
            ...this.operation(metadata),
            ...(begun && { started: begun.started }),
            finished: this.now(),
        };
        const diffs = Object.keys(metadata.detailedDiff ?? {});
        const changed = diffs.length > 0 ? diffs : (metadata.diffs ?? []);
        // What is created or deleted differs in everything.
        const partial = !/create|delete/.test(metadata.op);
        if (partial && changed.length > 0) this.differences.set(metadata.urn, changed);
        into.push(operation);
        const worthALine = operation.custom && changes(metadata.op);
        return worthALine || into === this.failed ? operation : undefined;
    }

    private operation({ urn, op, new: fresh, old }: Metadata): Operation {
        const custom = (fresh ?? old)?.custom === true && !typeOf(urn).startsWith("pulumi:");
        return { urn, op, custom, started: this.now() };
    }

    private remember({ urn, new: fresh, old }: Metadata): void {
        const parent = fresh?.parent || old?.parent;
        if (parent) this.parents.set(urn, parent);
    }

    private tell(event: NonNullable<EngineEvent["diagnosticEvent"]>): Message | undefined {
        const { severity, urn, message, ephemeral } = event;
        if ((severity !== "warning" && severity !== "error") || ephemeral === true) {
            return undefined;
        }
        const text = plain(message);
        if (CONSEQUENCE.test(text)) return undefined;
        // The engine and the inline program's host both report an error that ends the program.
        if (this.messages.some((known) => known.text === text && known.severity === severity)) {
            return undefined;
        }
        const told = { severity, text, ...(urn ? { urn } : {}) };
        this.messages.push(told);
        return told;
    }

    private find(event: NonNullable<EngineEvent["policyEvent"]>): Finding {
        const finding = {
            policy: event.policyName,
            pack: event.policyPackName,
            mandatory: event.enforcementLevel === "mandatory",
            text: plain(event.message),
            ...(event.resourceUrn ? { urn: event.resourceUrn } : {}),
        };
        this.findings.push(finding);
        return finding;
    }
}

type Metadata = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];

/** Without the engine's colour marks (`<{%reset%}>`) and the blank lines around. */
function plain(text: string): string {
    return text.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
}

const VERBS: Readonly<Record<string, readonly [string, string]>> = {
    create: ["creating", "created"],
    update: ["updating", "updated"],
    delete: ["deleting", "deleted"],
    replace: ["replacing", "replaced"],
    "create-replacement": ["creating replacement", "replacement created"],
    "delete-replaced": ["deleting replaced", "replaced one deleted"],
    refresh: ["reading", "read"],
    read: ["reading", "read"],
    import: ["importing", "imported"],
    "import-replacement": ["importing replacement", "replacement imported"],
    discard: ["forgetting", "forgotten"],
    same: ["checking", "unchanged"],
};

/** An operation in words: `creating`, or `created` once it is over. */
export function verb(op: string, over: boolean): string {
    return VERBS[op]?.[over ? 1 : 0] ?? op;
}

/** A resource in words: `eks Cluster myapp-dev-aws`. */
export function describeUrn(urn: string): string {
    const [provider = "", module = "", kind = ""] = typeOf(urn).split(":");
    const [group = ""] = (module.startsWith("index/") ? provider : module).split("/");
    return `${kind === "" ? typeOf(urn) : `${group} ${kind}`} ${nameOf(urn)}`.trim();
}
