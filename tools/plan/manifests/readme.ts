import type { ClusterFiles } from "./write.ts";

/** What a reader of the folder has to know. */
export function readme(clusters: readonly ClusterFiles[]): string {
    return `${[
        "# Kubernetes objects",
        "",
        "Written by `npm run plan -- --manifests`, which takes them away again the next time. One folder for each cluster,",
        "one file for each object, numbered in the order in which they can be applied:",
        "",
        "    kubectl apply --recursive --filename CLUSTER",
        "",
        "They are what the program sends, to be read, compared and checked. `pulumi up` deploys them; objects that were",
        "applied by hand have to be imported before it can.",
        "",
        "- A file that ends in `.txt` is not loaded by `kubectl`. Its first lines say what takes it: `helm` for the values",
        "  of a release, whose custom resources can be applied only once it is installed.",
        "- Where `[unknown]` stands, only the update tells the value; where `[secret]` stands, it is never written down. The",
        "  first lines of such a file list the places. The API server refuses the object until they are filled in and",
        "  the annotation that says so is removed, so that no marker is applied as if it were the value.",
        ...clusters.flatMap(section),
    ].join("\n")}\n`;
}

function section({ cluster, files }: ClusterFiles): readonly string[] {
    const open = files.filter((file) => file.open !== "");
    return [
        "",
        `## ${cluster}`,
        "",
        `${files.length} files, ${files.length - open.length} of which can be applied as they are. The others:`,
        "",
        ...open.map(({ name, open: todo }) => `- \`${name}\`: ${todo}`),
    ];
}
