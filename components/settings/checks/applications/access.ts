import type { ApplicationCheck } from "./index.ts";

/** Whether the site's cloud knows those who may look. */
export const checkAccess: ApplicationCheck = ({ limits, facts, add }, key, { access }) => {
    if (limits === undefined || facts === undefined) return;
    const { what, pattern, example } = limits.viewer;
    access.view.forEach((viewer, index) => {
        if (pattern.test(viewer)) return;
        add({
            at: `applications.${key}.access.view[${index}]`,
            value: viewer,
            message: `is not ${what}, which ${facts.title} needs`,
            fix: `Write it at the site, like ${example}`,
        });
    });
};
