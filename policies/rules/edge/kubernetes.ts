import type { Value } from "../../runtime/reader.ts";
import {
    and,
    each,
    failIf,
    holds,
    isOn,
    isOneOf,
    not,
    or,
    some,
    type Truth,
} from "../../runtime/truth.ts";
import type { Check } from "../rule.ts";
import { saysInternal } from "../services/exposure.ts";
import { OLD_TLS, PLAIN_HTTP } from "./messages.ts";

/** Classes of gateways that do not face the internet, as Google's for internal load balancers and Istio's within the mesh. */
function isInternal(name: Value): Truth {
    return holds(name, name.text(), (text) => /internal|rilb|waypoint|egress/i.test(text), false);
}

/** Istio makes what a gateway runs on a Service of this type. */
const ISTIO_SERVICE = "networking.istio.io/service-type";

/** Annotations of a gateway, or those for what it runs on, end up on its load balancer. */
function isInside(inputs: Value): Truth {
    const places = ["metadata.annotations", "spec.infrastructure.annotations"];
    const annotations = places.map((path) => inputs.at(path));
    return or(
        ...annotations.map(saysInternal),
        ...annotations.map((one) => isOneOf(one.get(ISTIO_SERVICE), ["clusterip"], false)),
    );
}

function speaks(listener: Value, protocols: readonly string[]): Truth {
    return isOneOf(listener.get("protocol"), protocols, false);
}

/** Where there is HTTPS too, routes decide what HTTP does. Where there is not, HTTP can only serve. */
const gateway: Check = ({ inputs }) => {
    const spec = inputs.get("spec");
    const listeners = spec.get("listeners");
    const encrypts = or(
        isInternal(spec.get("gatewayClassName")),
        isInside(inputs),
        some(listeners, (listener) => speaks(listener, ["https", "tls"])),
    );
    return each(listeners, (listener) =>
        failIf(
            and(speaks(listener, ["http"]), not(encrypts)),
            listener.get("protocol"),
            PLAIN_HTTP,
        ),
    );
};

const OLD_VERSIONS = ["tlsv1_0", "tlsv1_1"];

/** One gateway of Istio says all: which server redirects, and which versions it takes. */
const istioGateway: Check = ({ inputs }) => {
    const internal = isInternal(inputs.get("spec").get("selector").get("istio"));
    return each(inputs.at("spec.servers"), (server) => {
        const redirect = server.at("tls.httpsRedirect");
        const version = server.at("tls.minProtocolVersion");
        const plain = and(
            isOneOf(server.at("port.protocol"), ["http", "http2", "grpc", "grpc-web"], false),
            not(isOn(redirect, false)),
        );
        return [
            ...failIf(and(plain, not(internal)), redirect, PLAIN_HTTP),
            ...failIf(isOneOf(version, OLD_VERSIONS, false), version, OLD_TLS),
        ];
    });
};

export const kubernetesChecks: Readonly<Record<string, Check>> = {
    "kubernetes:gateway.networking.k8s.io:Gateway": gateway,
    "kubernetes:networking.istio.io:Gateway": istioGateway,
};
