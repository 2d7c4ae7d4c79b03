import { asteriskConnector } from '../integrations/asterisk/connector.js';
import { blueskyConnector } from '../integrations/bluesky/connector.js';
import { discourseConnector } from '../integrations/discourse/connector.js';
import { disqusConnector } from '../integrations/disqus/connector.js';
import { emailConnector } from '../integrations/email/connector.js';
import { feedConnector } from '../integrations/feed/connector.js';
import { hackerNewsConnector } from '../integrations/hackernews/connector.js';
import { hylafaxConnector } from '../integrations/hylafax/connector.js';
import { kannelConnector } from '../integrations/kannel/connector.js';
import { linkedinConnector } from '../integrations/linkedin/connector.js';
import { mastodonConnector } from '../integrations/mastodon/connector.js';
import { facebookConnector } from '../integrations/meta/facebook.connector.js';
import { instagramConnector } from '../integrations/meta/instagram.connector.js';
import { whatsappConnector } from '../integrations/meta/whatsapp.connector.js';
import { phaxioConnector } from '../integrations/phaxio/connector.js';
import { redditConnector } from '../integrations/reddit/connector.js';
import { smppConnector } from '../integrations/smpp/connector.js';
import { telegramConnector } from '../integrations/telegram/connector.js';
import { twilioConnector } from '../integrations/twilio/connector.js';
import { twilioVoiceConnector } from '../integrations/twilio/voice.connector.js';
import { webConnector } from '../integrations/web/connector.js';
import { webmentionConnector } from '../integrations/webmention/connector.js';
import { wordpressConnector } from '../integrations/wordpress/connector.js';
import { xConnector } from '../integrations/x/connector.js';
import { youtubeConnector } from '../integrations/youtube/connector.js';
import type { AnyConnector } from './ingest/connector.js';
import type { ServicesFor } from './ingest/context.js';
import { type ConnectorRegistry, connectorRegistry } from './ingest/registry.js';
import type { Config } from './platform/config.js';
import type { Outbound } from './platform/outbound.js';

/** Every adapter there is, with what it needs of the configuration. Outsiders' addresses are fetched through `outbound` only. */
export function connectors(
  config: Config,
  outbound: Outbound,
  servicesFor: ServicesFor,
  others: readonly AnyConnector[] = [],
): ConnectorRegistry {
  const all: AnyConnector[] = [
    feedConnector({ outbound }),
    wordpressConnector(),
    webmentionConnector(),
    disqusConnector(),
    blueskyConnector({ jetstreamUrl: config.BLUESKY_JETSTREAM_URL, appViewUrl: config.BLUESKY_APPVIEW_URL }),
    emailConnector({ allowPrivateAddresses: config.ALLOW_PRIVATE_ADDRESSES }),
    telegramConnector(),
    twilioConnector(),
    kannelConnector(),
    smppConnector({ allowPrivateAddresses: config.ALLOW_PRIVATE_ADDRESSES }),
    facebookConnector(),
    instagramConnector(),
    whatsappConnector(),
    youtubeConnector(),
    hackerNewsConnector(),
    twilioVoiceConnector(),
    asteriskConnector({ allowPrivateAddresses: config.ALLOW_PRIVATE_ADDRESSES }),
    phaxioConnector(),
    hylafaxConnector({ allowPrivateAddresses: config.ALLOW_PRIVATE_ADDRESSES }),
    redditConnector(),
    linkedinConnector(),
    xConnector(),
    discourseConnector(),
    mastodonConnector({ allowPrivateAddresses: config.ALLOW_PRIVATE_ADDRESSES }),
    webConnector(),
    ...others,
  ];
  return connectorRegistry(all, servicesFor);
}
