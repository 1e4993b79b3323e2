/** Every limit that an author can meet. All are stated in `docs/limits.md`. */
export const limits = {
  /** Bytes of one governed file. */
  fileBytes: 1024 * 1024,
  /** Nesting of one governed document. */
  depth: 64,
  /** Values in one governed document. Published schemas of configuration files have up to 30,000. */
  nodes: 50_000,
  /** Characters of one signature. */
  signatureCharacters: 8192,
  /** Changed files judged without a person's yes. */
  changedFiles: 3_000,
  /** Bytes of the governed files that a change brings to be read, as its head has them. */
  changedBytes: 32 * 1024 * 1024,
  /** Bytes of the contracts that stand unchanged and are read to be judged beside a changed one. */
  standingBytes: 32 * 1024 * 1024,
  /** Older versions that one changed schema is compared with. */
  comparedVersions: 100,
  /** Comparisons of schemas for one change. */
  comparisons: 1_000,
  /** Files that one click mends. */
  mendedFiles: 50,
  /** Bytes of them together. */
  mendedBytes: 1024 * 1024,
  /** Bytes of the files that one plan of a playbook writes. */
  plannedBytes: 2 * 1024 * 1024,
  /** Loosened settings of one configuration that are told one by one. */
  loosenings: 100,
  /** Files that a change makes Plumbline's own by its configuration, looked at one by one. */
  ownFilesAnew: 200,
  /** Days ahead at which a waiver may end when it is granted. */
  waiverDays: 90,
  /** Days ahead at which an entry of the organisation that lifts tier 4 may end. The built-in rules know it as `lift_days`. */
  liftDays: 30,
  /** Files of one policy tree or bundle. */
  policyFiles: 1_000,
  /** Bytes of a policy tree. */
  policyBytes: 4 * 1024 * 1024,
  /** Bytes of a policy bundle, packed. */
  bundleBytes: 8 * 1024 * 1024,
  /** Files that an organisation's configuration names for all repositories. */
  organizationFiles: 1_000,
  /** Bytes of them together. */
  organizationBytes: 8 * 1024 * 1024,
  /** Bytes of the input of policies, as JSON. */
  policyInputBytes: 16 * 1024 * 1024,
  /** Commits of one pull request whose people are read. */
  commits: 1_000,
  /** Authors of one commit who are read. */
  commitAuthors: 50,
  /** Bytes of changed files, at the base and at the head together, in which secrets are looked for. */
  scannedBytes: 16 * 1024 * 1024,
  /** Bytes of changed manifests and lock files of packages, at the base and at the head together. */
  manifestBytes: 16 * 1024 * 1024,
  /** Modules of TypeScript and JavaScript that are read for the imports of one change. */
  moduleFiles: 3_000,
  /** Bytes of them, and of what decides where imports lead. */
  moduleBytes: 32 * 1024 * 1024,
  /** Bytes of manifests, settings and lists of ignored files among them. */
  surroundingBytes: 4 * 1024 * 1024,
  /** Names that one module takes and gives, and all of them together. */
  namesOfModule: 20_000,
  moduleNames: 500_000,
  /** Characters that are looked at to follow the imports of one change. */
  importCharacters: 250_000_000,
  /** Patterns of members of workspaces. */
  workspaceGlobs: 1_000,
  /** Modules that are searched for imports of what a change takes away. */
  importers: 2_000,
  /** Bytes of them together. */
  importerBytes: 16 * 1024 * 1024,
  /** Packages that registries are asked for because of one change. */
  askedPackages: 500,
  /** Bytes of the samples that are kept of one head. */
  headSampleBytes: 16 * 1024 * 1024,
  /** Bytes of the samples that are kept of one repository. */
  repositorySampleBytes: 256 * 1024 * 1024,
  /** Bytes of what one decision was made of, that are kept to judge it again. */
  inputBytes: 16 * 1024 * 1024,
  /** Characters of the body of a pull request. */
  bodyCharacters: 262_144,
  /** Bytes of one evidence document of an agent. */
  evidenceBytes: 1024 * 1024,
  /** Evidence documents about one change. */
  evidenceDocuments: 20,
  /** Claims about one change. */
  claims: 200,
  /** Citations of one claim. */
  citations: 20,
  /** Files that the evidence about one change names, or symbols in them, and that are read. */
  referencedFiles: 100,
  /** Characters of one quote. */
  quoteCharacters: 4096,
  /** Characters of all that one claim cites that are compared with it. */
  supportCharacters: 64 * 1024,
  /** Claims about one change that an outside judge is asked about. */
  judgedClaims: 100,
  /** Files that are read for one search in a repository. */
  searchedFiles: 2_000,
  /** Bytes of them together. */
  searchedBytes: 16 * 1024 * 1024,
  /** Bytes of one of them. */
  searchedFileBytes: 256 * 1024,
  /** Files, each at a commit, that the claims about one change cite and that are read. */
  citedFiles: 100,
  /** Bytes of them together. */
  citedBytes: 16 * 1024 * 1024,
  /** Commits that they cite, beside the merge base and the base. */
  citedCommits: 20,
  /** Check runs that they cite and that are looked up. */
  citedRuns: 10,
  /** Agents with a hand in a change, beside the one that is charged, whose quotas are counted. */
  countedAgents: 20,
  /** Quotes that are not there, about one change, for which other files are looked through that may have been meant. */
  citationHints: 100,
  /** Characters that are searched for what the claims about one change quote, shared evenly. */
  searchedCharacters: 64 * 1024 * 1024,
  /** Characters of one cited passage that are weighed against its claim. */
  passageCharacters: 20 * 1024,
  /** Rounds of plan and probe before a gate counts as unsettled. */
  probeRounds: 5,
} as const;
