/** What each cloud says when it refuses something, where a table gives no words of its own. */
export interface Words {
    missing(path: string): string;
    badName(property: string, name: string): string;
    nameTooLong(property: string, name: string, max: number): string;
    taken(type: string, name: string): string;
    /** A reference to something that does not stand. */
    notThere(value: string, path: string): string;
    /** The resource of a request does not stand. */
    gone(type: string, id: string): string;
    inUse(type: string, id: string, byType: string, byId: string): string;
    throttled: string;
    failed: string;
}

/** `aws:ec2/vpc:Vpc` → `Vpc`. */
function shortType(type: string): string {
    return type.split(":").at(-1) ?? type;
}

const bridged: Words = {
    missing: (path) =>
        `Missing required argument. The argument "${path}" is required, but no definition was found.`,
    badName: (property, name) => `invalid value for ${property} (${name})`,
    nameTooLong: (property, name, max) =>
        `expected length of ${property} to be in the range (1 - ${max}), got ${name} (${name.length})`,
    taken: (type, name) => `AlreadyExistsException: ${shortType(type)} ${name} already exists`,
    notThere: (value, path) => `InvalidParameterValue: ${path}: ${value} does not exist`,
    gone: (type, id) => `ResourceNotFoundException: ${shortType(type)} ${id} not found`,
    inUse: (type, id, byType, byId) =>
        `DependencyViolation: ${shortType(type)} ${id} has a dependent object: ` +
        `${shortType(byType)} ${byId}`,
    throttled: "ThrottlingException: Rate exceeded",
    failed: "InternalFailure: The request processing has failed because of an unknown error",
};

const azure: Words = {
    missing: (path) => `missing required property '${path}'`,
    badName: (property, name) =>
        `Code="InvalidResourceName" Message="The ${property} '${name}' is invalid."`,
    nameTooLong: (property, name, max) =>
        `'${property}' is too long (${name.length}): at most ${max} characters are allowed`,
    taken: (type, name) =>
        `cannot create already existing resource '${name}' (${shortType(type)}): ` +
        `Code="Conflict" Message="The name '${name}' is already in use."`,
    notThere: (value, path) =>
        `Code="ResourceNotFound" Message="The resource '${value}' in '${path}' was not found."`,
    gone: (type, id) =>
        `Code="ResourceNotFound" Message="The Resource '${id}' (${shortType(type)}) was not found."`,
    inUse: (_type, id, byType, byId) =>
        `Code="InUse" Message="Resource ${id} is in use by ${shortType(byType)} ${byId} and cannot be deleted."`,
    throttled: 'Status=429 Code="TooManyRequests" Message="The request is being throttled."',
    failed: 'Code="InternalServerError" Message="An unexpected error occurred."',
};

const gcp: Words = {
    ...bridged,
    taken: (_type, name) =>
        `googleapi: Error 409: The resource '${name}' already exists, alreadyExists`,
    notThere: (value, path) =>
        `googleapi: Error 404: The resource '${value}' (${path}) was not found, notFound`,
    gone: (type, id) => `googleapi: Error 404: ${shortType(type)} '${id}' was not found, notFound`,
    inUse: (_type, id, _byType, byId) =>
        `googleapi: Error 400: The resource '${id}' is already being used by '${byId}', ` +
        `resourceInUseByAnotherResource`,
    throttled: "googleapi: Error 429: Quota exceeded for quota metric, rateLimitExceeded",
    failed: "googleapi: Error 503: The service is currently unavailable, backendError",
};

const kubernetes: Words = {
    ...bridged,
    missing: (path) => `Required value: ${path}`,
    badName: (property, name) =>
        `Invalid value: ${property}: "${name}": a lowercase RFC 1123 subdomain must consist of ` +
        `lower case alphanumeric characters, '-' or '.', and must start and end with an ` +
        `alphanumeric character`,
    nameTooLong: (property, _name, max) =>
        `Invalid value: ${property}: must be no more than ${max} characters`,
    taken: (type, name) =>
        `resource ${name} was not successfully created by the Kubernetes API server: ` +
        `${shortType(type)} "${name}" already exists`,
    notThere: (value, path) => `${path}: "${value}" not found`,
    gone: (type, id) => `${shortType(type)} "${id}" not found`,
    throttled: "the server has received too many requests and has asked us to try again later",
    failed: "Internal error occurred: the server was unable to process the request",
};

/** The words of a provider; those of the bridged Terraform providers where it has none of its own. */
export function wordsOf(provider: string): Words {
    return { "azure-native": azure, gcp, kubernetes }[provider] ?? bridged;
}

/** A refusal in the cloud's words. It is an answer, not a fault of the simulator: no stack trace is shown for it. */
export class Refused extends Error {
    override readonly name = "Refused";
}
