/** The words of `npm run new -- --help`. */
export const HELP = `npm run new -- application|site|image [options]

Adds to a stack's file, and shows what the stack then comes to. Asks for what is missing if there is somebody to ask.
Writes everything or nothing: never over what is there, and only what the settings, the program and the guardrails take.

application   settings of ten lines or fewer, and for the service's own repository a Dockerfile, a .dockerignore and a
              pipeline that tests, builds, pushes to the registry of each site and proposes the image to this repository
  --name NAME            what it is called; also the repository of its image
  --kind KIND            web answers the internet, service other applications, worker works in the background,
                         job runs by a schedule, pipeline runs steps by a schedule
  --image IMAGE          the first image, with a tag or a digest; without a host it is below the site's registry
  --port PORT            where it listens, if it answers anybody (8080)
  --live, --ready PATH   where its health is asked for (/health, /ready)
  --schedule CRON        when a job or a pipeline runs: "30 2 * * *"
  --step NAME=COMMAND    a step of a pipeline, in this order; may be repeated
  --database, --cache, --queue, --search KEY   what it uses of its site
  --bucket KEY=read|write                      may be repeated
  --stream KEY, --produces TOPIC, --consumes TOPIC
  --add-services         adds what of these the stack lacks, with the defaults of its environment
  --calls NAME           an application that it calls; may be repeated
  --reach WHO            none, cluster, internal or public;   --host NAME  the names that it answers to
  --replicas MIN..MAX    --messages N and --lag N  scale a worker by what waits for it
  --env NAME=VALUE       a plain variable, never a credential; may be repeated
  --secret NAME=KEY#FIELD, --generate NAME     variables from the site's secret store
  --slo PER-CENT         what it promises;   --owner TEAM   --site KEY  where it runs, may be repeated (all sites)
  --into FOLDER          the service's repository (../NAME);   --settings-only  leaves it alone
  --runtime NAME         node, python, go, java or static, if the folder does not show it
  --forge NAME           github (the default) or gitlab
  --registry KEY         the registry that its pipeline pushes to (the stack's only one)

site          a further site
  --name NAME --cloud aws|azure|gcp --region REGION
  --account ID           AWS: the account; Azure: the subscription; Google Cloud: the project
  --administrator WHO    who administers the cluster; may be repeated
  --cidr BLOCK           public blocks that may reach the Kubernetes API; may be repeated
  --network BLOCK        the site's own block (planned);   --domain NAME  below which applications get their names

image         another image of an application, as its pipeline proposes it
  --application NAME --image IMAGE   --registry KEY  the registry of the site that holds it

  --stack NAME           dev (the default), the path of a stack file, or a folder that holds one
  --dry-run              shows what would be written, and writes nothing
  --help                 this text

Exit codes: 0 done · 1 guardrails would stop it, nothing was written · 2 answers or options are wrong, nothing was written.`;
