import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { lighten } from "../../../tools/offline/lighten.ts";

/** A resource as the program registered it. */
export interface Recorded {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly parent: string;
    readonly provider: string;
    readonly deletedWith: string;
    readonly dependsOn: readonly string[];
    /** True if Pulumi refuses to delete it. */
    readonly protect: boolean;
    /** Inputs whose change makes it anew, besides those of its provider. */
    readonly replaceOnChanges: readonly string[];
    /** What the provider would get, with secrets unwrapped. */
    readonly inputs: Record<string, unknown>;
}

/** What the recorder reads of a registration. */
interface Request {
    getType(): string;
    getName(): string;
    getParent(): string;
    getProvider(): string;
    getDeletedwith(): string;
    getDependenciesList(): string[];
    getProtect(): boolean;
    getReplaceonchangesList(): string[];
}

type Callback = (error: unknown, response: { getUrn(): string } | undefined) => void;

/** What a provider fills in besides the inputs, by type. */
export type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Builds under mocks and returns everything that was registered, in order of registration. */
export async function record(build: () => void, answers: Answers = {}): Promise<Recorded[]> {
    const inputs = new Map<string, Record<string, unknown>>();
    const recorded: Omit<Recorded, "inputs">[] = [];
    await pulumi.runtime.setMocks(
        {
            newResource: (args) => {
                inputs.set(`${args.type} ${args.name}`, args.inputs as Record<string, unknown>);
                const state = args.inputs as Record<string, unknown>;
                return { id: `${args.name}-id`, state: { ...state, ...answers[args.type] } };
            },
            call: (args) => {
                throw new Error(`${args.token} was called`);
            },
        },
        "platform",
        "test",
    );
    const restore = lighten({});
    const register = MockMonitor.prototype.registerResource;
    MockMonitor.prototype.registerResource = function (
        this: MockMonitor,
        request: Request,
        done: Callback,
    ) {
        return register.call(this, request, (error: unknown, response: { getUrn(): string }) => {
            recorded.push({
                type: request.getType(),
                name: request.getName(),
                urn: response.getUrn(),
                parent: request.getParent(),
                provider: request.getProvider(),
                deletedWith: request.getDeletedwith(),
                dependsOn: request.getDependenciesList(),
                protect: request.getProtect(),
                replaceOnChanges: request.getReplaceonchangesList(),
            });
            done(error, response);
        });
    };
    try {
        build();
        await pulumi.runtime.disconnect();
    } finally {
        MockMonitor.prototype.registerResource = register;
        restore();
    }
    return recorded.map((resource) => ({
        ...resource,
        inputs: inputs.get(`${resource.type} ${resource.name}`) ?? {},
    }));
}
