/** Providers whose servers everybody shares, so that an owner need not name them. */
export type Provider = 'google' | 'microsoft';

interface ProviderServers {
  imapHost: string;
  smtpHost: string;
  /** By which its Authentication-Results are signed, above whatever a sender brought along; Microsoft's change. */
  authenticationServer?: string;
}

export const PROVIDERS: Record<Provider, ProviderServers> = {
  google: { imapHost: 'imap.gmail.com', smtpHost: 'smtp.gmail.com', authenticationServer: 'mx.google.com' },
  microsoft: { imapHost: 'outlook.office365.com', smtpHost: 'smtp.office365.com' },
};

export function providerOf(name: unknown): Provider | undefined {
  return name === 'google' || name === 'microsoft' ? name : undefined;
}
