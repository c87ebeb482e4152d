import grpc from "@grpc/grpc-js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import status from "@pulumi/pulumi/proto/status_pb.js";

import type { Change } from "./diff.ts";
import type { Broken } from "./operate.ts";
import { renderPath } from "./paths.ts";
import type { Refusal } from "./table.ts";
import { encode } from "./wire.ts";

/** Refusals as the engine shows them, each beside its property. */
export function failures(refusals: readonly Refusal[]): pb.CheckFailure[] {
    return refusals.map(({ property, reason }) =>
        new pb.CheckFailure().setProperty(property ?? "").setReason(reason),
    );
}

/** The answer to Diff, detailed enough for a readable preview. */
export function diffResponse(
    changes: readonly Change[],
    deleteBeforeReplace: boolean,
): pb.DiffResponse {
    const { DIFF_NONE, DIFF_SOME } = pb.DiffResponse.DiffChanges;
    const tops = (some: readonly Change[]): string[] => [
        ...new Set(some.map(({ path }) => String(path[0]))),
    ];
    const response = new pb.DiffResponse()
        .setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE)
        .setDiffsList(tops(changes))
        .setReplacesList(tops(changes.filter(({ replaces }) => replaces)))
        .setDeletebeforereplace(deleteBeforeReplace)
        .setHasdetaileddiff(true);
    for (const change of changes) {
        const detail = new pb.PropertyDiff().setKind(kindOf(change)).setInputdiff(true);
        response.getDetaileddiffMap().set(renderPath(change.path), detail);
    }
    return response;
}

function kindOf({ kind, replaces }: Change): pb.PropertyDiff.Kind {
    const { Kind } = pb.PropertyDiff;
    const kinds = {
        add: [Kind.ADD, Kind.ADD_REPLACE],
        delete: [Kind.DELETE, Kind.DELETE_REPLACE],
        update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
    } as const;
    return kinds[kind][replaces ? 1 : 0];
}

/** The error for a resource that stands, but not as it should: it carries the id and the outputs into the state. */
export function initFailure({ instance, message }: Broken): Partial<grpc.StatusObject> {
    const detail = new pb.ErrorResourceInitFailed()
        .setId(instance.id)
        .setProperties(encode(instance.outputs, instance.secrets))
        .setInputs(encode(instance.inputs, instance.secrets))
        .setReasonsList([message]);
    const packed = new any.Any();
    packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const whole = new status.Status().setCode(grpc.status.UNKNOWN).setMessage(message);
    whole.addDetails(packed);
    const metadata = new grpc.Metadata();
    metadata.set("grpc-status-details-bin", Buffer.from(whole.serializeBinary()));
    return { code: grpc.status.UNKNOWN, details: message, metadata };
}
