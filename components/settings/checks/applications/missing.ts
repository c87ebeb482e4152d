import type { ApplicationCheck } from "./index.ts";

/** What has no default within the parts of an application, and what an empty list would open to all. */
export const checkMissing: ApplicationCheck = ({ add }, key, application) => {
    const at = `applications.${key}`;
    const { sidecars, egress, release } = application;
    for (const [name, { image }] of Object.entries(sidecars)) {
        // The types say that these are there; what the user wrote may lack them.
        if ((image as string | undefined) !== undefined) continue;
        const fix = "Name the image that was tested, like ghcr.io/acme/proxy:1.4.2";
        add({ at: `${at}.sidecars.${name}.image`, message: "is missing", fix });
    }
    for (const [name, { cidrs, ports }] of Object.entries(egress)) {
        const place = `${at}.egress.${name}`;
        if (((cidrs as readonly string[] | undefined) ?? []).length === 0) {
            const fix = "List the blocks that it may reach";
            add({ at: `${place}.cidrs`, message: "is missing", fix });
        }
        if (ports.length === 0) {
            const fix = "List the ports that it may reach, or leave it out for 443";
            add({ at: `${place}.ports`, message: "is empty", fix });
        }
    }
    if (release === undefined || release.command.length + release.args.length > 0) return;
    add({
        at: `${at}.release.command`,
        involves: [`${at}.release.args`],
        message: "is missing: the image's own command would start the application",
        fix: "Write what migrates, like command: [migrate, up]",
    });
};
