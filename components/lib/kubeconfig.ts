/** What a kubeconfig needs: where the API is, how to trust it, and the command that gets a short-lived token. */
export interface KubeconfigArgs {
    /** Name of the context, the cluster and the user in the file. */
    readonly name: string;
    /** The API server's URL, `https://…`. */
    readonly server: string;
    /** The certificate authority, base64. Left out where the endpoint has a publicly trusted certificate. */
    readonly certificateAuthority?: string;
    /** The credential plugin: no static token ever stands in the file (G1.9). */
    readonly exec: {
        readonly command: string;
        readonly args?: readonly string[];
        readonly env?: Readonly<Record<string, string>>;
        /** What to do when the command is missing; kubectl prints it. */
        readonly installHint: string;
    };
}

/**
 * A kubeconfig as JSON, which every Kubernetes client reads as YAML.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export function kubeconfig(args: KubeconfigArgs): string {
    const { name, server, certificateAuthority, exec } = args;
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [
            {
                name,
                cluster: {
                    server,
                    ...(certificateAuthority && {
                        "certificate-authority-data": certificateAuthority,
                    }),
                },
            },
        ],
        users: [
            {
                name,
                user: {
                    exec: {
                        apiVersion: "client.authentication.k8s.io/v1beta1",
                        command: exec.command,
                        args: exec.args ?? [],
                        env: Object.entries(exec.env ?? {}).map(([key, value]) => ({
                            name: key,
                            value,
                        })),
                        installHint: exec.installHint,
                        interactiveMode: "Never",
                        provideClusterInfo: true,
                    },
                },
            },
        ],
        contexts: [{ name, context: { cluster: name, user: name } }],
        "current-context": name,
    });
}
