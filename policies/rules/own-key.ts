import type { Value } from "../runtime/reader.ts";
import { and, holds, isPresent, type Truth } from "../runtime/truth.ts";

/** The keys that AWS keeps in every account, one per service, with policies that nobody can change. */
const KEPT_BY_AWS = /(^|:)alias\/aws\//;

/** Whether a KMS key of one's own is named. */
export function isOwnKey(key: Value): Truth {
    const isOwn = holds(key, key.text(), (text) => !KEPT_BY_AWS.test(text), false);
    return and(isPresent(key), isOwn);
}
