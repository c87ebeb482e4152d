import type resproto from "@pulumi/pulumi/proto/resource_pb.js";

import type { Frame, RecordedOptions } from "./recorded.ts";

/** The options that a resource is registered with. */
export function optionsOf(
    request: resproto.RegisterResourceRequest,
    aliases: readonly string[],
): RecordedOptions {
    const byProperty = [...request.getPropertydependenciesMap().entries()].map(
        ([key, urns]) => [key, urns.getUrnsList()] as const,
    );
    return {
        protect: request.getProtect() ?? false,
        provider: request.getProvider().split("::").slice(0, -1).join("::"),
        dependencies: request.getDependenciesList(),
        propertyDependencies: Object.fromEntries(byProperty),
        ignoreChanges: request.getIgnorechangesList(),
        replaceOnChanges: request.getReplaceonchangesList(),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        deleteBeforeReplace: request.getDeletebeforereplacedefined()
            ? request.getDeletebeforereplace()
            : undefined,
        retainOnDelete: request.getRetainondelete() ?? false,
        deletedWith: request.getDeletedwith(),
        aliases,
    };
}

/** Where the SDK says the program stood, innermost first. It writes an ES module's address behind that of the folder. */
export function framesOf(request: resproto.RegisterResourceRequest): Frame[] {
    const frames = request.getStacktrace()?.getFramesList() ?? [];
    return frames.flatMap((frame) => {
        const position = frame.getPc();
        const path = position?.getUri().replace(/^.*\bfile:\/*/, "/");
        return position && path ? [{ file: decodeURI(path), line: position.getLine() }] : [];
    });
}
