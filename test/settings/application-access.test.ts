import assert from "node:assert/strict";
import { app, aws, azure, gcp, problemsOf, rejectsEach, settingsOf, stack } from "./support.ts";

const AWS = "arn:aws:iam::123456789012:role/shop-team";
const AZURE = "00000000-0000-4000-8000-00000000000a";
const GCP = "user:jane@example.com";

const view = (...names: unknown[]) => ({ access: { view: names } });
const own = (...names: unknown[]) => ({ applications: { shop: view(...names) } });

describe("who may look at an application, in the settings (G9.11)", () => {
    it("is nobody unless the stack or the site says so", () => {
        const { sites, origins } = settingsOf(stack({ applications: app() }));
        assert.deepEqual(sites[0]?.applications["shop"]?.access, { view: [] });
        assert.equal(origins["sites.main.applications.shop.access.view"], "default");
    });

    it("is what the stack says, and where a site says otherwise, what that says alone", () => {
        const sites = {
            one: aws(),
            two: azure(own(AZURE)),
            three: gcp(own(GCP, "user:joe@example.com")),
        };
        const settings = settingsOf(stack({ sites, applications: app(view(AWS)) }));
        assert.deepEqual(
            settings.sites.map(({ applications }) => applications["shop"]?.access.view),
            [[AWS], [AZURE], [GCP, "user:joe@example.com"]],
        );
        const of = (site: string) =>
            settings.origins[`sites.${site}.applications.shop.access.view`];
        assert.deepEqual(["one", "two", "three"].map(of), ["stack", "site", "site"]);
    });

    it("has to fit every cloud that the application runs on", () => {
        const sites = { one: aws(), two: gcp(), three: azure(own(AZURE)) };
        assert.deepEqual(problemsOf(stack({ sites, applications: app(view(AWS)) })), [
            `applications.shop.access.view[0]: "${AWS}" is not a user as Google Cloud's IAM writes it, in lower case (a role binding does not reach Google groups), which Google Cloud needs. Write it at the site, like user:jane@example.com.`,
        ]);
        const elsewhere = { sites, applications: app({ ...view(AWS), sites: ["one", "three"] }) };
        assert.deepEqual(problemsOf(stack(elsewhere)), []);
    });

    rejectsEach([
        [
            "a session in place of its role on AWS",
            {
                applications: app(
                    view(AWS, "arn:aws:sts::123456789012:assumed-role/shop-team/jane"),
                ),
            },
            [
                'applications.shop.access.view[1]: "arn:aws:sts::123456789012:assumed-role/shop-team/jane" is not the ARN of an IAM role or user, which AWS needs. Write it at the site, like arn:aws:iam::123456789012:role/shop-team.',
            ],
        ],
        [
            "a user's name in place of a group's id on Azure",
            { sites: { main: azure(own("jane@example.com")) }, applications: app() },
            [
                'sites.main.applications.shop.access.view[0]: "jane@example.com" is not the object id of a Microsoft Entra group, which Azure needs. Write it at the site, like 12345678-9abc-4def-8123-456789abcdef.',
            ],
        ],
        [
            "a group on Google Cloud, and a user whom the binding would not find",
            {
                sites: { main: gcp(own("group:shop-team@example.com", "user:Jane@example.com")) },
                applications: app(),
            },
            ["group:shop-team@example.com", "user:Jane@example.com"].map(
                (name, index) =>
                    `sites.main.applications.shop.access.view[${index}]: "${name}" is not a user as Google Cloud's IAM writes it, in lower case (a role binding does not reach Google groups), which Google Cloud needs. Write it at the site, like user:jane@example.com.`,
            ),
        ],
        [
            "a right to write, which nobody is given",
            { applications: app({ access: { edit: [AWS] } }) },
            ["applications.shop.access.edit: is not a setting. Remove it; allowed here: view."],
        ],
        [
            "an identity with a blank",
            { applications: app(view("jane doe")) },
            [
                'applications.shop.access.view[0]: "jane doe" is not an identity without blanks. Write it like user:jane@example.com.',
            ],
        ],
    ]);
});
