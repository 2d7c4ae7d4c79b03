/** Covers what posts say that are messages with a code; a condition on the requests `r` follows. */
export const COVER = `
  update posts p set text = '•••' from portal_requests r
   where p.organization_id = r.organization_id and p.external_id = r.message_ref and p.own and p.text <> '•••'
     and p.network = case r.kind when 'EMAIL' then 'EMAIL' else 'SMS' end`;
