import grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";

import { Cloud } from "./cloud.ts";
import { diffInputs } from "./diff.ts";
import { diffResponse, failures, initFailure } from "./messages.ts";
import { Broken, operate, type Operator } from "./operate.ts";
import type { Before } from "./plan.ts";
import { versionOf } from "./providers.ts";
import type { Address } from "./requests.ts";
import { StatelessCloud } from "./stateless.ts";
import type { Standing, Store } from "./store.ts";
import { UNKNOWN, type Properties, type Provider } from "./table.ts";
import { typeIn } from "./urn.ts";
import { decode, encode } from "./wire.ts";
import { Refused } from "./words.ts";

type Handler<Request, Response> = (request: Request) => Response | Promise<Response>;

/** The methods of a resource provider, as the engine calls them, over one simulated cloud. */
export class Service {
    readonly #provider: Provider;
    readonly #store: Store;
    readonly #scale: number;
    readonly #stop = new AbortController();
    #configured: Cloud | undefined;

    constructor(provider: Provider, store: Store, scale: number) {
        this.#provider = provider;
        this.#store = store;
        this.#scale = scale;
    }

    /** What to give to `grpc.Server.addService`. A method that is not here is answered with UNIMPLEMENTED. */
    handlers(): grpc.UntypedServiceImplementation {
        return {
            handshake: unary(() => this.#handshake()),
            attach: unary(() => new empty.Empty()),
            getPluginInfo: unary(() =>
                new plugin.PluginInfo().setVersion(versionOf(this.#provider)),
            ),
            checkConfig: unary((request: pb.CheckRequest) => this.#checkConfig(request)),
            diffConfig: unary((request: pb.DiffRequest) => this.#diffConfig(request)),
            configure: unary((request: pb.ConfigureRequest) => this.#configure(request)),
            check: unary((request: pb.CheckRequest) => this.#check(request)),
            diff: unary((request: pb.DiffRequest) => this.#diff(request)),
            create: unary((request: pb.CreateRequest) => this.#create(request)),
            read: unary((request: pb.ReadRequest) => this.#read(request)),
            update: unary((request: pb.UpdateRequest) => this.#update(request)),
            delete: unary((request: pb.DeleteRequest) => this.#delete(request)),
            invoke: unary((request: pb.InvokeRequest) => this.#invoke(request)),
            cancel: unary(() => {
                this.#stop.abort();
                return new empty.Empty();
            }),
        };
    }

    #handshake(): pb.ProviderHandshakeResponse {
        return new pb.ProviderHandshakeResponse()
            .setAcceptSecrets(true)
            .setAcceptResources(false)
            .setAcceptOutputs(false);
    }

    #checkConfig(request: pb.CheckRequest): pb.CheckResponse {
        const news = decode(request.getNews());
        const refusals = this.#provider.checkConfig?.(news.values) ?? [];
        return new pb.CheckResponse()
            .setInputs(encode(news.values, news.secrets))
            .setFailuresList(failures(refusals));
    }

    /** A provider that points somewhere else manages other things: what it manages is replaced. */
    #diffConfig(request: pb.DiffRequest): pb.DiffResponse {
        const olds = decode(request.getOldInputs() ?? request.getOlds()).values;
        const news = decode(request.getNews()).values;
        const moved = moves(this.#provider, olds, news);
        return diffResponse(diffInputs({ immutable: moved ? ["*"] : [] }, olds, news), false);
    }

    #configure(request: pb.ConfigureRequest): pb.ConfigureResponse {
        const scope = this.#provider.scope(decode(request.getArgs()).values);
        const kind = this.#provider.stateless ? StatelessCloud : Cloud;
        this.#configured = new kind(this.#provider, this.#store, scope, this.#scale);
        return new pb.ConfigureResponse()
            .setAcceptsecrets(true)
            .setSupportspreview(true)
            .setAcceptresources(false)
            .setAcceptoutputs(false);
    }

    #check(request: pb.CheckRequest): pb.CheckResponse {
        const news = decode(request.getNews());
        const olds = request.hasOlds() ? decode(request.getOlds()).values : undefined;
        const known = olds && Object.keys(olds).length > 0 ? olds : undefined;
        const checked = this.#cloud.check(address(request), news.values, known);
        return new pb.CheckResponse()
            .setInputs(encode(checked.inputs, news.secrets))
            .setFailuresList(failures(checked.refusals));
    }

    #diff(request: pb.DiffRequest): pb.DiffResponse {
        const olds = decode(request.getOldInputs() ?? request.getOlds()).values;
        const news = decode(request.getNews()).values;
        const where = { ...address(request), id: request.getId() };
        const ignored = request.getIgnorechangesList();
        const changes = this.#cloud.diff(where, olds, news, ignored);
        return diffResponse(changes, this.#cloud.deletesFirst(where, olds, news));
    }

    async #create(request: pb.CreateRequest): Promise<pb.CreateResponse> {
        const where = address(request);
        const { values: inputs, secrets } = decode(request.getProperties());
        if (request.getPreview()) {
            const outputs = this.#cloud.plan(where, inputs);
            return new pb.CreateResponse().setProperties(
                encode(outputs, this.#cloud.secretOutputs(where.type, secrets)),
            );
        }
        const instance = await operate(this.#operator, "create", where, () =>
            this.#cloud.create(where, { inputs, secrets }),
        );
        if (!instance) throw new Error("a creation began nothing");
        return new pb.CreateResponse()
            .setId(instance.id)
            .setProperties(this.#encodeOutputs(instance));
    }

    #read(request: pb.ReadRequest): pb.ReadResponse {
        const where = { ...address(request), id: request.getId() };
        const inputs = decode(request.getInputs());
        const outputs = decode(request.getProperties());
        const before = { id: where.id, inputs: inputs.values, outputs: outputs.values };
        const instance = this.#cloud.read(where, { ...before, secrets: inputs.secrets });
        if (!instance) return new pb.ReadResponse();
        // A refresh keeps the marks of the state's inputs; an import has none yet.
        const isImport = Object.keys(inputs.values).length === 0;
        return new pb.ReadResponse()
            .setId(instance.id)
            .setInputs(encode(instance.inputs, isImport ? instance.secrets : inputs.secrets))
            .setProperties(this.#encodeOutputs(instance));
    }

    async #update(request: pb.UpdateRequest): Promise<pb.UpdateResponse> {
        const where = { ...address(request), id: request.getId() };
        const { values: inputs, secrets } = decode(request.getNews());
        const before: Before = {
            id: where.id,
            inputs: decode(request.getOldInputs()).values,
            outputs: decode(request.getOlds()).values,
        };
        if (request.getPreview()) {
            const outputs = this.#cloud.plan(where, inputs, before);
            return new pb.UpdateResponse().setProperties(
                encode(outputs, this.#cloud.secretOutputs(where.type, secrets)),
            );
        }
        const instance = await operate(this.#operator, "update", where, () =>
            this.#cloud.update(where, { inputs, secrets }, before),
        );
        if (!instance) throw new Error("an update began nothing");
        return new pb.UpdateResponse().setProperties(this.#encodeOutputs(instance));
    }

    async #delete(request: pb.DeleteRequest): Promise<empty.Empty> {
        const where = { ...address(request), id: request.getId() };
        await operate(this.#operator, "delete", where, () => this.#cloud.delete(where));
        return new empty.Empty();
    }

    #invoke(request: pb.InvokeRequest): pb.InvokeResponse {
        const { values, secrets } = decode(request.getArgs());
        const result = this.#cloud.invoke(request.getTok(), values);
        // What was computed from a secret is one; the engine marks single results only by their path.
        const marked = secrets.length === 0 ? [] : Object.keys(result).map((key) => [key]);
        return new pb.InvokeResponse().setReturn(encode(result, marked));
    }

    get #cloud(): Cloud {
        if (this.#configured) return this.#configured;
        throw new Refused(`the provider ${this.#provider.name} has not been configured`);
    }

    get #operator(): Operator {
        return {
            provider: this.#provider.name,
            store: this.#store,
            scale: this.#scale,
            stop: this.#stop.signal,
            crash: () => process.exit(1),
        };
    }

    #encodeOutputs(instance: Standing): ReturnType<typeof encode> {
        const secrets = this.#cloud.secretOutputs(instance.type, instance.secrets);
        return encode(instance.outputs, secrets);
    }
}

function moves(provider: Provider, olds: Properties, news: Properties): boolean {
    if (provider.moves) return provider.moves(olds, news);
    const to = provider.scope(news).account;
    return !to.includes(UNKNOWN) && provider.scope(olds).account !== to;
}

function address(request: { getUrn(): string }): Address {
    const urn = request.getUrn();
    return { urn, type: typeIn(urn) };
}

function unary<Request, Response>(
    handler: Handler<Request, Response>,
): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
        // The executor turns what a handler throws at once into a rejection too.
        new Promise<Response>((resolve) => {
            resolve(handler(call.request));
        }).then(
            (response) => {
                callback(null, response);
            },
            (error: unknown) => {
                callback(serviceError(error));
            },
        );
    };
}

function serviceError(error: unknown): Partial<grpc.StatusObject> {
    if (error instanceof Broken) return initFailure(error);
    if (error instanceof Refused) return { code: grpc.status.UNKNOWN, details: error.message };
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { code: grpc.status.INTERNAL, details };
}
