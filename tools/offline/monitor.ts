import type resproto from "@pulumi/pulumi/proto/resource_pb.js";
import responses from "@pulumi/pulumi/proto/resource_pb.js";

import { parsePath, renderPath, some } from "../../simulator/paths.ts";
import type { Wanted } from "../../simulator/requests.ts";
import { decode, encode, joinPaths } from "../../simulator/wire.ts";
import { aliasUrns, urnOf } from "./aliases.ts";
import { simulate, type Answer, type AnswerOptions } from "./answer.ts";
import { Clouds, type CloudOptions } from "./clouds.ts";
import { Recorded, RecordedResource, type RecordedCall } from "./recorded.ts";
import { framesOf, optionsOf } from "./request.ts";

type Callback<Response> = (error: Error | null, response?: Response) => void;

interface MonitorOptions extends AnswerOptions, CloudOptions {
    readonly sources?: boolean;
    readonly project: string;
    readonly stack: string;
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
    readonly #clouds: Clouds;
    readonly #resources: RecordedResource[] = [];
    /** Of all registrations, those too that are not answered yet. */
    readonly #urns = new Set<string>();
    readonly #calls: RecordedCall[] = [];
    readonly #refusals: string[] = [];

    constructor(options: MonitorOptions) {
        this.#options = options;
        this.#clouds = new Clouds(options);
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
        this.#clouds.close();
    }

    async #register(
        request: resproto.RegisterResourceRequest,
    ): Promise<resproto.RegisterResourceResponse> {
        const { values: inputs, secrets } = decode(request.getObject());
        const given = { inputs, secrets };
        const urn = this.#urn(request.getParent(), request.getType(), request.getName());
        if (this.#urns.has(urn)) {
            this.#refusals.push(`Duplicate resource URN '${urn}'; try giving it a unique name`);
        }
        this.#urns.add(urn);
        const answer = request.getCustom()
            ? await this.#answer(request, urn, given)
            : { id: "", outputs: {}, secrets: [] };
        this.#record(request, urn, given, answer);
        const response = new responses.RegisterResourceResponse();
        response.setUrn(urn);
        response.setId(answer.id);
        response.setObject(encode(answer.outputs, answer.secrets));
        return response;
    }

    async #answer(
        request: resproto.RegisterResourceRequest,
        urn: string,
        given: Wanted,
    ): Promise<Answer> {
        const { inputs, secrets } = given;
        const type = request.getType();
        if (type.startsWith("pulumi:providers:")) return this.#addProvider(urn, given);
        const extra = request.getAdditionalsecretoutputsList().map((path) => parsePath(path));
        try {
            const cloud = await this.#clouds.of(type, urn, request.getProvider());
            const answer = simulate(cloud, { type, urn }, given, this.#options);
            return { ...answer, secrets: joinPaths(answer.secrets, extra) };
        } catch (error) {
            // The first refusal tells; what hangs on it would only repeat it.
            const follows = some(inputs, (leaf) => String(leaf).includes(REFUSED));
            if (!follows) this.#refusals.push(`${type} ${request.getName()}: ${message(error)}`);
            return { id: REFUSED + urn, outputs: inputs, secrets };
        }
    }

    async #addProvider(urn: string, { inputs, secrets }: Wanted): Promise<Answer> {
        const table = await this.#clouds.table(urn.split("::")[2]?.split(":").at(-1) ?? "");
        const refusals = table.checkConfig?.(inputs) ?? [];
        this.#refusals.push(...refusals.map(({ reason }) => `${urn}: ${reason}`));
        this.#clouds.configure(urn, table, inputs);
        return { id: "provider", outputs: inputs, secrets };
    }

    #record(
        request: resproto.RegisterResourceRequest,
        urn: string,
        given: Wanted,
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
        const cloud = await this.#clouds.of(type, urn, request.getProvider());
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
        const cloud = await this.#clouds.of(token, token, request.getProvider());
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
