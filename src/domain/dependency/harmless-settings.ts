function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/**
 * Settings of package managers that move no package to another place, bring none and loosen no check, by the program that takes them.
 * Any other counts where it comes, changes or goes, also one that is not known: what it does nobody looked at.
 */
export const harmlessSettings = {
  /** Of npm and pnpm, as `.npmrc` has them; `pnpm-workspace.yaml` writes them with capitals. What names packages is read as such. */
  npm: words(`
    access aggregate-output all allow-same-version also always-auth audit audit-level auth-type auto-install-peers bail before bin-links browser catalog-mode changed-files-ignore-pattern child-concurrency ci cidr color commit-hooks cpu
    dedupe-direct-deps dedupe-injected-deps dedupe-peer-dependents dedupe-peers deploy-all-files depth description dev diff diff-dst-prefix diff-ignore-all-space diff-name-only diff-no-prefix diff-src-prefix diff-text diff-unified disallow-workspace-cycles
    dlx-cache-max-age dry-run editor email embed-readme enable-modules-dir enable-pre-post-scripts engine-strict exclude-links-from-lockfile expect-result-count expect-results extend-node-path fail-if-no-match fetch-min-speed-ki-bps fetch-retries
    fetch-retry-factor fetch-retry-maxtimeout fetch-retry-mintimeout fetch-timeout fetch-warn-timeout-ms fetching-concurrency filter filter-prod force-legacy-deploy foreground-scripts format-package-lock fund git-checks git-tag-version global-style heading
    hoist hoist-pattern hoist-workspace-packages if-present ignore-dep-scripts ignore-scripts ignore-workspace-cycles ignore-workspace-root-check include include-attestations include-staged include-workspace-root init-author-email init-author-name
    init-author-url init-license init-module init-package-manager init-private init-type init-version inject-workspace-packages install-links install-strategy json legacy-bundling legacy-dir-filtering legacy-peer-deps libc link link-workspace-packages
    lockfile-include-tarball-url lockfile-version loglevel logs-max long maxsockets message modules-cache-max-age network-concurrency node-linker offline omit only only-built-dependencies optimistic-repeat-install optional os otp
    pack-destination pack-gzip-level package-import-method package-manager-strict package-manager-strict-version parseable peers-suffix-max-length prefer-dedupe prefer-offline prefer-online prefer-symlinked-executables prefer-workspace-packages preid
    preserve-absolute-paths production progress provenance public-hoist-pattern publish-branch read-only rebuild-bundle recursive-install registry-supports-time-field reporter reporter-hide-prefix resolution-mode resolve-peers-from-workspace-root
    save save-bundle save-catalog-name save-dev save-exact save-optional save-peer save-prefix save-prod save-workspace-protocol searchexclude searchlimit searchopts searchstaleness shamefully-flatten shamefully-hoist shared-workspace-lockfile
    shell-emulator side-effects-cache side-effects-cache-readonly sign-git-commit sign-git-tag sort stream strict-dep-builds strict-peer-dependencies strict-peer-deps symlink sync-injected-deps-after-scripts tag-version-prefix test-pattern timing umask unicode
    update-notifier usage use-beta-cli use-stderr user-agent username verify-deps-before-run version versions viewer virtual-store-dir-max-length workspace workspace-concurrency workspace-packages workspaces workspaces-update yes _auth _authtoken _password
    packages catalog catalogs overrides package-extensions config-dependencies allow-builds allow-non-applied-patches allow-unused-patches allowed-deprecated-versions audit-config cleanup-unused-catalogs ignore-patch-failures ignored-built-dependencies
    ignored-optional-dependencies never-built-dependencies patched-dependencies peer-dependency-rules required-scripts supported-architectures update-config`),
  /** Of a registry alone: `//host/:name`. */
  npmOfHost: words('_auth _authtoken _password always-auth certfile email keyfile username'),
  /** Of Yarn 1. */
  oldYarn: words(`
    bin-links child-concurrency disable-self-update-check email emoji flat ignore-engines ignore-optional ignore-platform ignore-scripts init-author-email init-author-name init-author-url init-license init-private init-version lastupdatecheck
    network-concurrency network-timeout no-progress non-interactive optional prefer-offline prefix production progress save-exact save-prefix user-agent username version-commit-hooks version-git-message version-git-sign version-git-tag
    version-sign-git-tag version-tag-prefix workspaces-experimental workspaces-nohoist-experimental`),
  yarn: words(`
    bstatePath changesetBaseRefs changesetIgnorePatterns cloneConcurrency compressionLevel constraintsPath defaultLanguageName defaultSemverRangePrefix deferredVersionFolder enableCacheClean enableColors enableConstraintsChecks enableGlobalCache
    enableHyperlinks enableInlineBuilds enableInlineHunks enableMessageNames enableNetwork enableOfflineMode enableProgressBars enableScripts enableTelemetry enableTimers enableTips enableTransparentWorkspaces httpRetry httpTimeout ignorePath immutablePatterns
    initEditorConfig initFields initLicense initScope initVersion installStatePath lastUpdateCheck logFilters networkConcurrency nmHoistingLimits nmMode nmSelfReferences nodeLinker npmAlwaysAuth npmAuditExcludePackages npmAuditIgnoreAdvisories
    npmAuthIdent npmAuthToken npmPublishAccess npmPublishProvenance npmPublishRegistry pnpDataPath pnpEnableEsmLoader pnpEnableInlining pnpFallbackMode pnpIgnorePatterns pnpMode pnpShebang pnpUnpluggedFolder pnpZipBackend pnpmInstallConcurrency
    preferDeferredVersions preferInteractive preferReuse preferTruncatedLines progressBarStyle supportedArchitectures taskPoolConcurrency taskPoolMode telemetryInterval telemetryUserId tsEnableAutoTypes virtualFolder winLinkType workerPoolMode`),
  /** Of the table `install` of Bun. */
  bun: words('concurrentScripts dev dryRun exact globalBinDir globalDir hoistPattern ignoreScripts linker logLevel optional peer prefer production publicHoistPattern saveTextLockfile'),
  pip: words(`
    abi break-system-packages check-build-dependencies columns compile config-settings debug default-timeout dest disable-pip-version-check dry-run exclude exists-action force-reinstall format freeze global-option help ignore-installed
    ignore-requires-python implementation include-editable isolated keyring-provider local local-log log log-file no-binary no-build-isolation no-cache-dir no-clean no-color no-compile no-dependencies no-deps no-input no-python-version-warning
    no-warn-conflicts no-warn-script-location not-required only-binary outdated path platform pre prefer-binary prefix progress-bar python python-version quiet report require-venv require-virtualenv resume-retries retries root root-user-action src
    target timeout upgrade upgrade-strategy uptodate use-pep517 user verbose wheel-dir yes`),
  /** Beside those of pip. */
  pipTools: words(`
    all-build-deps all-extras allow-unsafe annotate annotation-style ask build-deps-for color emit-find-links emit-index-url emit-options emit-trusted-host extra generate-hashes header max-rounds newline only-build-deps output-file rebuild resolver reuse-hashes
    src-files strip-extras unsafe-package`),
  /** Of its part `pip`, too. The last line names packages, which is read as such. */
  uv: words(`
    all-extras allow-empty-requirements annotation-style break-system-packages build-backend cache-keys check-url compile-bytecode concurrent-builds concurrent-downloads concurrent-installs config-settings
    config-settings-package conflicts custom-compile-command default-groups dependency-groups emit-build-options emit-find-links emit-index-annotation emit-index-url emit-marker-expression environments exclude-newer
    exclude-newer-package extra fork-strategy generate-hashes group keyring-provider link-mode managed no-annotate no-binary no-binary-package no-build no-build-isolation no-build-isolation-package no-build-package no-cache
    no-deps no-emit-package no-extra no-header no-strip-extras no-strip-markers offline only-binary output-file package pip prefix prerelease preview publish-url python python-downloads python-platform python-preference
    python-version reinstall reinstall-package required-environments required-version resolution sources strict system target trusted-publishing universal upgrade upgrade-package workspace
    build-constraint-dependencies constraint-dependencies dependency-metadata dev-dependencies exclude-dependencies extra-build-dependencies override-dependencies`),
  pipenv: words('allow_prereleases disable_pip_input keep_outdated sort_pipfile'),
  pdm: words(`
    build_isolation check_update global_project.fallback global_project.fallback_verbose global_project.path global_project.user_site install.parallel install.cache install.cache_method log_dir python.install_root python.providers python.use_pyenv
    python.use_python_version python.use_venv request_timeout scripts.show_header strategy.inherit_metadata strategy.resolve_max_rounds strategy.save strategy.update use_uv venv.backend venv.in_project venv.location venv.prompt venv.with_pip`),
  poetry: words(`
    data-dir installer.builtin-uninstall installer.max-workers installer.modern-installation installer.no-binary installer.only-binary installer.parallel installer.re-resolve keyring.enabled python.installation-dir requests.max-retries solver.lazy-wheel
    system-git-client virtualenvs.create virtualenvs.in-project virtualenvs.options.always-copy virtualenvs.options.no-pip virtualenvs.options.no-setuptools virtualenvs.options.system-site-packages virtualenvs.path virtualenvs.prefer-active-python
    virtualenvs.prompt virtualenvs.use-poetry-python warnings.export`),
} as const;
