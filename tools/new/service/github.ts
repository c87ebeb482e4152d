import type { Pin } from "./pins.ts";
import type { Delivery, Destination } from "./place.ts";
import { prefixOf, proposal, tagsOf } from "./place.ts";

const STEP = "            ";

/** A workflow that tests, builds once, pushes to the registry of every site and proposes the image to the platform. */
export function githubWorkflow(delivery: Delivery, pin: Pin): string {
    const jobs = [testJob(pin), buildJob(delivery, pin), proposeJob(delivery, pin)];
    return `${HEAD}\n${jobs.join("\n")}`;
}

const HEAD = `name: Deliver

on:
    push:
        branches: [main]
    pull_request:

permissions: {}

concurrency:
    group: deliver-\${{ github.ref }}
    cancel-in-progress: \${{ github.event_name == 'pull_request' }}

defaults:
    run:
        # With pipefail, which the default does not set.
        shell: bash

jobs:`;

function checkout(pin: Pin): string {
    return `            - uses: ${pin("actions/checkout")}
              with:
                  persist-credentials: false`;
}

function testJob(pin: Pin): string {
    return `    test:
        runs-on: ubuntu-24.04
        timeout-minutes: 30
        permissions:
            contents: read
        steps:
${checkout(pin)}
            - run: docker buildx build --target test .
`;
}

function buildJob(delivery: Delivery, pin: Pin): string {
    const registries = delivery.sites.map((site) => {
        const name = `${prefixOf(site)}_REGISTRY`;
        return `            ${name}: \${{ vars.${name} }}`;
    });
    return `    # The only build: every site gets the same bytes, and runs them by their digest.
    build:
        needs: test
        if: github.event_name == 'push'
        # Of your own where a registry answers only inside its network.
        runs-on: \${{ vars.RUNNER || 'ubuntu-24.04' }}
        timeout-minutes: 30
        # The subject of the job's token names it, and that is what the roles trust. Let only main deploy to it.
        environment: delivery
        permissions:
            contents: read
            id-token: write
        env:
${registries.join("\n")}
            # Registries refuse to move a tag, so a second attempt gets another one.
            TAG: \${{ github.sha }}-\${{ github.run_attempt }}
        outputs:
            image: \${{ steps.push.outputs.image }}
        steps:
${checkout(pin)}
${delivery.sites.flatMap((site) => signIn(site, pin)).join("\n")}
            - run: docker buildx create --use
            - run: docker buildx build --push --metadata-file pushed.json ${tagsOf(delivery)} .
            - id: push
              run: echo "image=${delivery.repository}:$TAG@$(jq --raw-output '."containerimage.digest"' pushed.json)" >> "$GITHUB_OUTPUT"
`;
}

/** Signs in to a site's cloud and to its registry, with what the job's own token is traded for. */
function signIn(site: Destination, pin: Pin): readonly string[] {
    const prefix = prefixOf(site);
    const variable = (name: string) => `\${{ vars.${prefix}_${name} }}`;
    const login = (user: string) =>
        `docker login --username ${user} --password-stdin "\${${prefix}_REGISTRY%%/*}"`;
    switch (site.cloud) {
        case "aws":
            return uses(pin("aws-actions/configure-aws-credentials"), {
                "role-to-assume": variable("ROLE"),
                "aws-region": site.region,
            }).concat(`${STEP}- run: aws ecr get-login-password | ${login("AWS")}`);
        case "azure":
            return uses(pin("azure/login"), {
                "client-id": variable("CLIENT"),
                "tenant-id": variable("TENANT"),
                "subscription-id": variable("SUBSCRIPTION"),
            }).concat(`${STEP}- run: az acr login --name "\${${prefix}_REGISTRY%%.*}"`);
        case "gcp":
            return uses(pin("google-github-actions/auth"), {
                workload_identity_provider: variable("PROVIDER"),
                service_account: variable("SERVICE_ACCOUNT"),
            }).concat(
                `${STEP}- run: gcloud auth print-access-token | ${login("oauth2accesstoken")}`,
            );
    }
}

function uses(action: string, given: Readonly<Record<string, string>>): string[] {
    const values = Object.entries(given).map(
        ([key, value]) => `                  ${key}: ${value}`,
    );
    return [`${STEP}- uses: ${action}`, "              with:", ...values];
}

function proposeJob(delivery: Delivery, pin: Pin): string {
    const { application, stack } = delivery;
    return `    # The platform's own checks judge the image's settings in a pull request, which is what deploys it.
    propose:
        needs: build
        runs-on: ubuntu-24.04
        timeout-minutes: 15
        environment: delivery
        permissions: {}
        env:
            IMAGE: \${{ needs.build.outputs.image }}
            BRANCH: deliver/${application}
        steps:
            # A token of an hour for the platform's repository alone, which the job's own token cannot write to.
            - id: token
              uses: ${pin("actions/create-github-app-token")}
              with:
                  app-id: \${{ vars.DELIVERY_APP }}
                  private-key: \${{ secrets.DELIVERY_KEY }}
                  owner: \${{ vars.PLATFORM_OWNER }}
                  repositories: \${{ vars.PLATFORM_REPOSITORY }}
                  permission-contents: write
                  permission-pull-requests: write
            - uses: ${pin("actions/checkout")}
              with:
                  repository: \${{ vars.PLATFORM_OWNER }}/\${{ vars.PLATFORM_REPOSITORY }}
                  token: \${{ steps.token.outputs.token }}
                  # The branch is pushed with it.
                  persist-credentials: true
            - uses: ${pin("actions/setup-node")}
              with:
                  node-version-file: .nvmrc
                  cache: npm
            - run: npm ci --no-audit --no-fund
            - run: ${proposal(delivery)}
            - run: git switch --create "$BRANCH"
            - run: git -c user.name=delivery -c user.email=delivery@users.noreply.github.com commit --all --message "Deliver $IMAGE"
            - run: git push --force origin "$BRANCH"
            # One pull request, brought up to date by the push if it is open still.
            - run: gh pr view "$BRANCH" --json state --jq .state | grep --quiet OPEN || gh pr create --head "$BRANCH" --title "Deliver ${application} to ${stack}" --body "$IMAGE"
              env:
                  GH_TOKEN: \${{ steps.token.outputs.token }}
`;
}
