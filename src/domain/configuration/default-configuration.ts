/** Where an editor finds the schema once the package is installed, seen from `.github/`. */
const installedSchema = '../node_modules/@plumbline-app/plumbline/schemas/plumbline-config.schema.json';

/** What `plumbline init` writes: everything is observed, nothing is blocked, until the last lines are removed. */
export function defaultConfiguration(schemaUrl: string = installedSchema): string {
  return `# yaml-language-server: $schema=${schemaUrl}
version: 1

# Which documents others rely on. Each states its id, its version and its lifecycle.
contracts:
  - name: contracts
    paths: ["contracts/**/*.{yaml,yml,json}"]
    # schema: builtin:workspace-contract/v2    # or a path in this repository
    # signatures: required

# Governed branches; left out: the default branch.
# branches:
#   - {entry: main, names: [main], require: true}

# Schemas whose released versions must stay compatible.
# schemas:
#   - {paths: ["schemas/**/*.schema.json"], compatibility: backward}

# Who may do what (docs/governance.md). Before you enforce: name approvers, and who may change workflows and this file. Without an
# entry such changes are denied to everybody, and adding the first one then takes an administrator's bypass.
# governance:
#   approvals: {tier2: {count: 1, from: ["team:maintainers"]}, tier3: {count: 2, from: ["team:maintainers"]}}
#   whitelist:
#     - {action: "workflow.*", actors: ["team:maintainers"], until: 2030-01-01, owner: "team:maintainers", reason: "owns CI"}
#     - {action: "config.*", actors: ["team:maintainers"], until: 2030-01-01, owner: "team:maintainers", reason: "owns the rules"}

# Findings that count less than they declare, by code, or "*" for all.
# Observe first: the checks say what they would decide. Then remove this to enforce.
rules:
  "*": observe
`;
}
