import { blocker, refusals } from "./admission.ts";
import { checkInputs, type Checked } from "./check.ts";
import { diffInputs, type Change } from "./diff.ts";
import { acknowledge, fitting, leftovers } from "./leftovers.ts";
import { overlay, parsePath, same, type Path } from "./paths.ts";
import { planOutputs, type Before } from "./plan.ts";
import { answers, reach } from "./reach.ts";
import type { Address, Begun, Wanted } from "./requests.ts";
import type { Standing, Store } from "./store.ts";
import type { Draft, Properties, Provider, Scope, TypeRule, World } from "./table.ts";
import { logicalName } from "./urn.ts";
import { viewOf } from "./view.ts";
import { joinPaths } from "./wire.ts";
import { Refused, wordsOf, type Words } from "./words.ts";

/**
 * One cloud as one configured provider sees it: the table's rules over the world.
 *
 * Nothing here waits. Work begins, which everyone can see at once, and the cloud finishes it when its time has come,
 * whether or not the one who asked for it is still there.
 */
export class Cloud {
    readonly provider: Provider;
    readonly store: Store;
    readonly scope: Scope;
    readonly words: Words;
    protected readonly world: World;
    /** How long a second of the real thing lasts here, in seconds. */
    protected readonly scale: number;

    constructor(provider: Provider, store: Store, scope: Scope, scale = 0) {
        this.provider = provider;
        this.store = store;
        this.scope = scope;
        this.scale = scale;
        this.words = wordsOf(provider.name);
        this.world = viewOf(store, scope);
    }

    /** The rule of a type; an unknown type is refused. */
    rule(type: string): TypeRule {
        const rule = this.provider.types[type] ?? this.provider.fallback?.(type);
        if (rule) return rule;
        throw new Refused(unknownWords(this.provider.name, type));
    }

    /** Defaults, names and refusals that need no world. */
    check(address: Address, news: Properties, olds: Properties | undefined): Checked {
        if (olds) acknowledge(this.store, address, ({ inputs }) => same(inputs, olds));
        const rule = this.rule(address.type);
        const check = (number: number): Checked =>
            checkInputs(this.provider.name, rule, this.draft(address, news, number), olds);
        const checked = check(this.store.creations(address.urn));
        const found = olds ? [] : leftovers(this.store, this.scope, address);
        if (found.length === 0 || fitting(rule, found, checked.inputs)) return checked;
        // A generated name must not be the one of a thing that cannot be taken up.
        return check(this.store.nextNumber(address.urn));
    }

    /** What would change. */
    diff(
        address: Address & { readonly id: string },
        olds: Properties,
        news: Properties,
        ignored: readonly string[] = [],
    ): Change[] {
        acknowledge(this.store, address, ({ id }) => id === address.id);
        return diffInputs(this.rule(address.type), olds, news, ignored);
    }

    /** True if a replacement must be deleted before it is made again. */
    deletesFirst(address: Address, olds: Properties, news: Properties): boolean {
        const rule = this.rule(address.type).deleteBeforeReplace ?? false;
        return typeof rule === "boolean" ? rule : rule(this.draft(address, news, 0), olds);
    }

    /** What a preview can say of the outputs. */
    plan(address: Address, inputs: Properties, before?: Before): Properties {
        // What stands keeps the random parts it was made with; only a new one would get others.
        const standing =
            before && this.store.instances("urn = ? AND id = ?", address.urn, before.id)[0];
        const number = standing?.number ?? this.store.creations(address.urn);
        const draft = this.draft(address, inputs, number);
        return planOutputs(this.rule(address.type), draft, this.world, before);
    }

    /** Where secrets stand in the outputs: where the program put them, and where the table says. */
    secretOutputs(type: string, inputSecrets: readonly Path[]): Path[] {
        const own = (this.rule(type).secrets ?? []).map((path) => parsePath(path));
        return joinPaths(inputSecrets, own);
    }

    /** Begins a creation, or takes up the one that an interrupted run began and never learnt of. */
    create(address: Address, wanted: Wanted): Begun {
        reach(this.provider, this.scope, this.world);
        const rule = this.rule(address.type);
        const found = leftovers(this.store, this.scope, address);
        const leftover = fitting(rule, found, wanted.inputs);
        if (leftover) return this.adopt(rule, leftover, wanted);
        const number = this.store.nextNumber(address.urn);
        const draft = this.draft(address, wanted.inputs, number);
        this.admit(rule, draft);
        const id = rule.id(draft, this.world);
        if (!rule.repeatable) this.refuseTwin(address, id);
        const outputs = this.outputs(rule, draft, id);
        const until = this.after(rule.seconds.create);
        const instance = this.store.insert({
            ...address,
            inputs: wanted.inputs,
            secrets: this.secretOutputs(address.type, wanted.secrets),
            id,
            outputs,
            scope: this.scope,
            number,
            known: false,
            readyAt: until,
        });
        return { instance, seconds: rule.seconds.create, until };
    }

    /** Begins an update in place. */
    update(address: Address & { readonly id: string }, wanted: Wanted, _before: Before): Begun {
        reach(this.provider, this.scope, this.world);
        const rule = this.rule(address.type);
        const old = this.read(address);
        if (!old) throw new Refused(this.words.gone(address.type, address.id));
        return this.change(rule, old, wanted);
    }

    /** Begins a deletion, of it and of what vanishes with it. Nothing to delete is success. */
    delete(address: Address & { readonly id: string }): Begun | undefined {
        const rule = this.rule(address.type);
        const instance = this.read(address);
        if (!instance) return undefined;
        const seconds = rule.seconds.delete ?? rule.seconds.create / 2;
        // An interrupted run began it already; the cloud is at it.
        if (instance.goneAt !== undefined) return { instance, seconds, until: instance.goneAt };
        const along = (rule.takesAlong?.(instance, this.world) ?? []) as readonly Standing[];
        const reason =
            rule.refuseDelete?.(instance, this.world) ??
            blocker(this.provider, this.store, instance, along);
        if (reason !== undefined) throw new Refused(reason);
        const until = this.after(seconds);
        for (const { row } of [instance, ...along]) this.store.vanish(row, until);
        return { instance, seconds, until };
    }

    /** The instance with this id in the provider's account; fails where nothing answers, unless that is to count as gone. */
    read(
        address: Address & { readonly id: string },
        _before?: Before & Wanted,
    ): Standing | undefined {
        if (!answers(this.provider, this.scope, this.world)) return undefined;
        const found = this.store.instances(
            "type = ? AND id = ? AND account = ?",
            address.type,
            address.id,
            this.scope.account,
        );
        const instance = found.find(({ scope }) => scope.region === this.scope.region) ?? found[0];
        if (instance) this.store.acknowledge(instance);
        return instance;
    }

    /** Answers a provider's function. */
    invoke(token: string, args: Properties): Properties {
        const rule = this.provider.invokes[token];
        if (!rule) throw new Refused(unknownWords(this.provider.name, `the function ${token}`));
        return rule(args, this.scope, this.world);
    }

    protected draft(address: Address, inputs: Properties, number: number): Draft {
        const { type, urn } = address;
        return {
            type,
            urn,
            logicalName: logicalName(urn),
            scope: this.scope,
            inputs,
            random: (length, alphabet) => this.store.random(urn, number, length, alphabet),
        };
    }

    protected outputs(rule: TypeRule, draft: Draft, id: string): Properties {
        return overlay(draft.inputs, rule.outputs?.(draft, this.world, id) ?? {});
    }

    protected after(seconds: number): number {
        return Date.now() + seconds * this.scale * 1000;
    }

    private change(rule: TypeRule, old: Standing, wanted: Wanted): Begun {
        const draft = this.draft(old, wanted.inputs, old.number);
        this.admit(rule, draft, old);
        const saved = {
            inputs: wanted.inputs,
            outputs: this.outputs(rule, draft, old.id),
            secrets: this.secretOutputs(old.type, wanted.secrets),
        };
        this.store.save(old.row, saved);
        const seconds = rule.seconds.update ?? rule.seconds.create / 3;
        const until = Math.max(this.after(seconds), old.readyAt);
        return { instance: { ...old, ...saved }, seconds, until };
    }

    private adopt(rule: TypeRule, leftover: Standing, wanted: Wanted): Begun {
        if (!same(leftover.inputs, wanted.inputs)) return this.change(rule, leftover, wanted);
        const until = leftover.readyAt;
        return { instance: leftover, seconds: rule.seconds.create, until };
    }

    private admit(rule: TypeRule, draft: Draft, old?: Standing): void {
        const { provider, store, world } = this;
        const found = refusals({ provider, rule, draft, store, world, old });
        if (found.length > 0) throw new Refused(found.map(({ reason }) => reason).join("; "));
    }

    private refuseTwin(address: Address, id: string): void {
        const twins = this.store.instances(
            "type = ? AND id = ? AND account = ? AND region = ?",
            address.type,
            id,
            this.scope.account,
            this.scope.region,
        );
        if (twins.length > 0) throw new Refused(this.words.taken(address.type, id));
    }
}

function unknownWords(provider: string, what: string): string {
    return `the simulated ${provider} does not know ${what}; add it to its table in simulator/types`;
}
