/** Where a repository configures itself. */
export const repositoryConfigurationPath = '.github/plumbline.yml';

/** Where an organisation configures all of its repositories, in its `.github` repository. */
export const organizationConfigurationPath = 'plumbline.yml';
