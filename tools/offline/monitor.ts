import type resproto from "@pulumi/pulumi/proto/resource_pb.js";
import responses from "@pulumi/pulumi/proto/resource_pb.js";

import { Cloud } from "../../simulator/cloud.ts";
import { loadProvider, packageOf } from "../../simulator/providers.ts";
import { get, parsePath, renderPath, set, some, type Path } from "../../simulator/paths.ts";
import { RepeatableCloud, StatelessCloud } from "../../simulator/stateless.ts";
import { Store } from "../../simulator/store.ts";
import { UNKNOWN, type Properties, type Provider } from "../../simulator/table.ts";
import { clusters } from "../../simulator/types/kubernetes/clusters.ts";
import { decode, encode, joinPaths } from "../../simulator/wire.ts";
import { aliasUrns, urnOf } from "./aliases.ts";
import { Recorded, RecordedResource, type RecordedCall } from "./recorded.ts";
import { framesOf, optionsOf } from "./request.ts";

type Callback<Response> = (error: Error | null, response?: Response) => void;

interface MonitorOptions {
    readonly preview?: boolean;
    readonly inventNothing?: boolean;
    readonly repeatable?: boolean;
    readonly sources?: boolean;
    readonly project: string;
    readonly stack: string;
    readonly tables?: readonly Provider[];
    readonly defaultProviders?: boolean;
}

/** What is answered to the program about a resource. */
interface Answer {
    readonly id: string;
    readonly outputs: Properties;
    readonly secrets: readonly Path[];
}

/** Stands in for the id of a resource that was refused, so that what depends on it is not refused in its turn. */
const REFUSED = "refused by the simulated cloud: ";

/** Everything that the clouds refused, in their words, a line each. */
export class RefusedError extends Error {
    override readonly name = "RefusedError";
}

/** Answers a program's registrations and calls from the tables, in a world of its own. */
export class Monitor {
    readonly #options: MonitorOptions;
    readonly #store = Store.open(":memory:", "mocks");
    readonly #clouds = new Map<string, Cloud>();
    readonly #resources: RecordedResource[] = [];
    /** Of all registrations, those too that are not answered yet. */
    readonly #urns = new Set<string>();
    readonly #calls: RecordedCall[] = [];
    readonly #refusals: string[] = [];

    constructor(options: MonitorOptions) {
        this.#options = options;
    }

    /** Puts itself in the place of the SDK's own mock monitor, which hides most of what the engine would see. */
    takeOver(monitor: unknown): void {
        Object.assign(monitor as object, {
            registerResource: answering((request: resproto.RegisterResourceRequest) =>
                this.#register(request),
            ),
            readResource: answering((request: resproto.ReadResourceRequest) =>
                this.#readResource(request),
            ),
            registerResourceOutputs: answering(
                (request: resproto.RegisterResourceOutputsRequest) => {
                    this.#registerOutputs(request);
                    return Promise.resolve({});
                },
            ),
            invoke: answering((request: resproto.ResourceInvokeRequest) => this.#invoke(request)),
        });
    }

    throwRefusals(): void {
        if (this.#refusals.length === 0) return;
        throw new RefusedError([...new Set(this.#refusals)].join("\n"));
    }

    recorded<T>(result: T): Recorded<T> {
        return new Recorded(result, [...this.#resources], [...this.#calls]);
    }

    close(): void {
        this.#store.close();
    }

    async #register(
        request: resproto.RegisterResourceRequest,
    ): Promise<resproto.RegisterResourceResponse> {
        const { values: inputs, secrets } = decode(request.getObject());
        const urn = this.#urn(request.getParent(), request.getType(), request.getName());
        if (this.#urns.has(urn)) {
            this.#refusals.push(`Duplicate resource URN '${urn}'; try giving it a unique name`);
        }
        this.#urns.add(urn);
        const answer = request.getCustom()
            ? await this.#answer(request, urn, inputs, secrets)
            : { id: "", outputs: {}, secrets: [] };
        this.#record(request, urn, { inputs, secrets }, answer);
        const response = new responses.RegisterResourceResponse();
        response.setUrn(urn);
        response.setId(answer.id);
        response.setObject(encode(answer.outputs, answer.secrets));
        return response;
    }

    async #answer(
        request: resproto.RegisterResourceRequest,
        urn: string,
        inputs: Properties,
        secrets: readonly Path[],
    ): Promise<Answer> {
        const type = request.getType();
        if (type.startsWith("pulumi:providers:")) return this.#addProvider(urn, inputs, secrets);
        const extra = request.getAdditionalsecretoutputsList().map((path) => parsePath(path));
        try {
            const cloud = await this.#cloudOf(type, urn, request.getProvider());
            const answer = this.#simulate(cloud, { type, urn }, inputs, secrets);
            return { ...answer, secrets: joinPaths(answer.secrets, extra) };
        } catch (error) {
            // The first refusal tells; what hangs on it would only repeat it.
            const follows = some(inputs, (leaf) => String(leaf).includes(REFUSED));
            if (!follows) this.#refusals.push(`${type} ${request.getName()}: ${message(error)}`);
            return { id: REFUSED + urn, outputs: inputs, secrets };
        }
    }

    #simulate(
        cloud: Cloud,
        address: { type: string; urn: string },
        given: Properties,
        secrets: readonly Path[],
    ): Answer {
        const { inputs, refusals } = cloud.check(address, given, undefined);
        if (refusals.length > 0) {
            const lines = refusals.map(({ property, reason }) =>
                property ? `${reason} (at ${property})` : reason,
            );
            throw new Error(lines.join("; "));
        }
        const marked = cloud.secretOutputs(address.type, secrets);
        if (this.#options.preview) {
            const outputs = this.#withoutMadeUpName(cloud, address, given, inputs);
            return { id: "", outputs, secrets: marked };
        }
        const { instance } = cloud.create(address, { inputs, secrets });
        return { id: instance.id, outputs: instance.outputs, secrets: marked };
    }

    /** What a preview says of the outputs; a name that the provider makes up is unknown where nothing is to be invented. */
    #withoutMadeUpName(
        cloud: Cloud,
        address: { type: string; urn: string },
        given: Properties,
        inputs: Properties,
    ): Properties {
        const outputs = cloud.plan(address, inputs);
        const property = cloud.rule(address.type).name?.property;
        if (!this.#options.inventNothing || property === undefined) return outputs;
        const isMadeUp = get(given, property) === undefined && get(inputs, property) !== undefined;
        return isMadeUp ? set(outputs, property, UNKNOWN) : outputs;
    }

    async #addProvider(urn: string, inputs: Properties, secrets: readonly Path[]): Promise<Answer> {
        const name = urn.split("::")[2]?.split(":").at(-1) ?? "";
        const table = await this.#table(name);
        const refusals = table.checkConfig?.(inputs) ?? [];
        this.#refusals.push(...refusals.map(({ reason }) => `${urn}: ${reason}`));
        this.#clouds.set(urn, this.#open(table, inputs));
        return { id: "provider", outputs: inputs, secrets };
    }

    async #table(name: string): Promise<Provider> {
        const own = this.#options.tables?.find((table) => table.name === name);
        const table = own ?? (await loadProvider(name));
        if (table.name !== "kubernetes") return table;
        // A component under test may be given a cluster that stands nowhere.
        return {
            ...table,
            unreachable: (scope, world) =>
                clusters(world).length > 0 ? table.unreachable?.(scope, world) : undefined,
        };
    }

    async #cloudOf(token: string, urn: string, reference: string): Promise<Cloud> {
        const provider = reference.split("::").slice(0, -1).join("::");
        const cloud = this.#clouds.get(provider);
        const name = packageOf(token);
        if (cloud?.provider.name === name) return cloud;
        if (!this.#options.defaultProviders) {
            throw new Error(
                `Default provider for '${name}' disabled. '${urn}' must use an explicit provider.`,
            );
        }
        const table = await this.#table(name);
        return this.#open(table, {});
    }

    #open(table: Provider, configuration: Properties): Cloud {
        const stateless = this.#options.repeatable ? RepeatableCloud : StatelessCloud;
        const kind = table.stateless ? stateless : Cloud;
        return new kind(table, this.#store, table.scope(configuration));
    }

    #record(
        request: resproto.RegisterResourceRequest,
        urn: string,
        given: { inputs: Properties; secrets: readonly Path[] },
        answer: Answer,
    ): void {
        const options = optionsOf(request, this.#aliases(request));
        const frames = this.#options.sources ? { frames: framesOf(request) } : {};
        this.#resources.push(
            new RecordedResource({
                type: request.getType(),
                name: request.getName(),
                urn,
                parent: request.getParent(),
                custom: request.getCustom(),
                id: answer.id,
                inputs: given.inputs,
                secrets: given.secrets,
                outputs: answer.outputs,
                options,
                ...frames,
            }),
        );
    }

    #registerOutputs(request: resproto.RegisterResourceOutputsRequest): void {
        const resource = this.#resources.find(({ urn }) => urn === request.getUrn());
        if (resource) resource.outputs = decode(request.getOutputs()).values;
    }

    async #readResource(
        request: resproto.ReadResourceRequest,
    ): Promise<resproto.ReadResourceResponse> {
        const type = request.getType();
        const urn = this.#urn(request.getParent(), type, request.getName());
        const cloud = await this.#cloudOf(type, urn, request.getProvider());
        const instance = cloud.read({ type, urn, id: request.getId() });
        if (!instance) throw new Error(cloud.words.gone(type, request.getId()));
        const response = new responses.ReadResourceResponse();
        response.setUrn(urn);
        response.setProperties(encode(instance.outputs, instance.secrets));
        return response;
    }

    async #invoke(
        request: resproto.ResourceInvokeRequest,
    ): Promise<resproto.ResourceInvokeResponse> {
        const token = request.getTok();
        const { values, secrets } = decode(request.getArgs());
        const paths = secrets.map((path) => renderPath(path));
        this.#calls.push({ token, inputs: values, secrets: paths });
        const cloud = await this.#cloudOf(token, token, request.getProvider());
        if (this.#options.inventNothing) {
            const unknown = new responses.ResourceInvokeResponse();
            unknown.setUnknown(true);
            return unknown;
        }
        const result = cloud.invoke(token, values);
        const marked = secrets.length === 0 ? [] : Object.keys(result).map((key) => [key]);
        const response = new responses.ResourceInvokeResponse();
        response.setReturn(encode(result, marked));
        return response;
    }

    #urn(parent: string, type: string, name: string): string {
        const { project, stack } = this.#options;
        return urnOf({ parent, type, name, project, stack });
    }

    #aliases(request: resproto.RegisterResourceRequest): readonly string[] {
        const { project, stack } = this.#options;
        const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
        const above = this.#resources.find(({ urn }) => urn === parent);
        return aliasUrns(
            request.getAliasesList(),
            { type, name, parent, project, stack },
            above && { name: above.name, aliases: above.options.aliases },
        );
    }
}

function answering<Request, Response>(
    handler: (request: Request) => Promise<Response>,
): (request: Request, callback: Callback<Response>) => void {
    return (request, callback) => {
        handler(request).then(
            (response) => {
                callback(null, response);
            },
            (error: unknown) => {
                callback(error instanceof Error ? error : new Error(String(error)));
            },
        );
    };
}

function message(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
