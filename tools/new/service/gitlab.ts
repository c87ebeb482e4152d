import type { Delivery, Destination } from "./place.ts";
import { prefixOf, proposal, tagsOf } from "./place.ts";

/** The clouds' own tools, each of which trades the job's token for the password of a registry. */
const TOOLS = {
    aws: "amazon/aws-cli:2.37.5",
    azure: "mcr.microsoft.com/azure-cli:2.89.1",
    gcp: "gcr.io/google.com/cloudsdktool/google-cloud-cli:562.0.0-slim",
} as const;

/** For whom GitLab signs the job's token: what the clouds expect. */
const AUDIENCES = {
    aws: "sts.amazonaws.com",
    azure: "api://AzureADTokenExchange",
    gcp: "https://iam.googleapis.com/gitlab",
} as const;

/** A pipeline that tests, builds once, pushes to the registry of every site and proposes the image to the platform. */
export function gitlabPipeline(delivery: Delivery): string {
    return [HEAD, buildJob(delivery), proposeJob(delivery)].join("\n");
}

const HEAD = `# Tests a merge request, and delivers what is merged: the image, and a merge request to the platform that runs it.

stages: [test, build, propose]

workflow:
    rules:
        - if: $CI_PIPELINE_SOURCE == "merge_request_event"
        - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH

.docker:
    image: docker:29-cli
    services: [docker:29-dind]
    timeout: 30 minutes
    variables:
        DOCKER_TLS_CERTDIR: /certs

test:
    extends: .docker
    stage: test
    script:
        - docker buildx build --target test .
`;

function buildJob(delivery: Delivery): string {
    const clouds = [...new Set(delivery.sites.map(({ cloud }) => cloud))];
    const tokens = clouds.map((cloud) => {
        return `        ${cloud.toUpperCase()}_ID_TOKEN: { aud: "${AUDIENCES[cloud]}" }`;
    });
    return `# The only build: every site gets the same bytes, and runs them by their digest.
build:
    extends: .docker
    stage: build
    rules:
        - if: $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
    environment:
        name: delivery
        action: access
    id_tokens:
${tokens.join("\n")}
    variables:
        # Registries refuse to move a tag, so another run of the job gets another one.
        TAG: $CI_COMMIT_SHA-$CI_JOB_ID
    script:
        - set -o pipefail
${delivery.sites.map(signIn).join("\n")}
        - docker context create builder && docker buildx create --use builder
        - docker buildx build --push --metadata-file pushed.json ${tagsOf(delivery)} .
        - echo "IMAGE=${delivery.repository}:$TAG@$(sed -n 's/.*"containerimage.digest":[^"]*"\\([^"]*\\)".*/\\1/p' pushed.json)" > image.env
    artifacts:
        reports:
            dotenv: image.env
`;
}

/** Signs in to a site's registry. The job's token goes to the tool by its input, so that no command line holds it. */
function signIn(site: Destination): string {
    const { user, variables, script } = loginOf(site);
    const name = `${site.cloud.toUpperCase()}_ID_TOKEN`;
    const given = variables.map((variable) => `--env ${variable}`).join(" ");
    const registry = `\${${prefixOf(site)}_REGISTRY%%/*}`;
    return (
        `        - |\n` +
        `            printf %s "$${name}" | docker run --rm --interactive --entrypoint sh ${given} ${TOOLS[site.cloud]} -c '${script}' |\n` +
        `                docker login --username ${user} --password-stdin "${registry}"`
    );
}

interface Login {
    readonly user: string;
    /** What the tool's container is told of the job's variables. */
    readonly variables: readonly string[];
    /** Reads the job's token, and prints the registry's password. */
    readonly script: string;
}

function loginOf(site: Destination): Login {
    const prefix = prefixOf(site);
    switch (site.cloud) {
        case "aws":
            return {
                user: "AWS",
                variables: [
                    `AWS_ROLE_ARN="$${prefix}_ROLE"`,
                    `AWS_REGION=${site.region}`,
                    "AWS_WEB_IDENTITY_TOKEN_FILE=/tmp/token",
                ],
                script: "cat > /tmp/token && aws ecr get-login-password",
            };
        case "azure":
            return {
                user: "00000000-0000-0000-0000-000000000000",
                variables: [
                    `CLIENT="$${prefix}_CLIENT"`,
                    `TENANT="$${prefix}_TENANT"`,
                    `REGISTRY="\${${prefix}_REGISTRY%%.*}"`,
                ],
                script:
                    'az login --service-principal --username "$CLIENT" --tenant "$TENANT" --federated-token "$(cat)" --allow-no-subscriptions --output none && ' +
                    'az acr login --name "$REGISTRY" --expose-token --query accessToken --output tsv',
            };
        case "gcp":
            return {
                user: "oauth2accesstoken",
                variables: [
                    `PROVIDER="$${prefix}_PROVIDER"`,
                    `SERVICE_ACCOUNT="$${prefix}_SERVICE_ACCOUNT"`,
                ],
                script:
                    "cat > /tmp/token && " +
                    'gcloud iam workload-identity-pools create-cred-config "$PROVIDER" --service-account="$SERVICE_ACCOUNT" --credential-source-file=/tmp/token --output-file=/tmp/google.json && ' +
                    "gcloud auth login --quiet --cred-file=/tmp/google.json && gcloud auth print-access-token",
            };
    }
}

function proposeJob(delivery: Delivery): string {
    const { application, stack } = delivery;
    return `# The platform's own checks judge the image's settings in a merge request, which is what deploys it.
propose:
    image: node:24-bookworm
    stage: propose
    timeout: 15 minutes
    needs: [build]
    rules:
        - if: $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
    environment:
        name: delivery
        action: access
    variables:
        BRANCH: deliver/${application}
    script:
        - git clone --depth 1 "https://delivery:$PLATFORM_TOKEN@$CI_SERVER_HOST/$PLATFORM_PROJECT.git" platform
        - cd platform
        - npm ci --no-audit --no-fund
        - ${proposal(delivery)}
        - git switch --create "$BRANCH"
        - git -c user.name=delivery -c user.email=delivery@noreply.$CI_SERVER_HOST commit --all --message "Deliver $IMAGE"
        # One merge request, brought up to date by the push if it is open still.
        - git push --force --push-option merge_request.create --push-option merge_request.title="Deliver ${application} to ${stack}" origin "$BRANCH"
`;
}
