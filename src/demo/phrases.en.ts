import { lines, type Phrases } from './phrases.js';

export const english: Phrases = {
  words: {
    time: lines(`
      this morning | yesterday afternoon | on Saturday | two days ago | at lunch today | last night | last week
      a while ago`),
    day: lines(`Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday`),
  },
  openers: {
    COMPLAINT: lines(`Seriously? | Not again. | Unbelievable. | I'm done. | Shame on you. | Really bad.`),
    QUESTION: lines(`Hi, | Hello, | Quick question: | Sorry to ask, | Morning, | Just wondering,`),
    PRAISE: lines(`So good! | Credit where it's due: | Honestly, | Never fails. | Well done! | What a treat.`),
    PURCHASE: lines(`Hi, | Hello there, | I'm interested: | Made up my mind: | You convinced me. | Afternoon,`),
    CHATTER: lines(`Well, | Useless fact: | Anyway, | Sofa Sunday. | One of those days. | Meanwhile,`),
  },
  closers: {
    COMPLAINT: lines(`
      I want this fixed now. | No way to treat a customer. | Never coming back. | Anyone there? | Terrible service.
      Call me today please.`),
    QUESTION: lines(`Thanks! | Thanks in advance. | Anyone know? | It's for my mum. | Greetings from {place}.`),
    PRAISE: lines(`
      Thanks to the team in {place}. | Will be back. | Ten out of ten. | You can taste the care. | Keep it up.`),
    PURCHASE: lines(`What's next? | Can you send a price? | Will pay today. | Need it by {day}. | DM me. | Thanks.`),
    CHATTER: lines(`That's all. | How are you lot? | Only in {place}. | Happy {day}. | Don't judge me.`),
  },
  sectors: {
    BAKERY: {
      products: lines(`
        a sourdough loaf | half a dozen croissants | two meat empanadas | a well-baked baguette | some rye bread
        an orange cake | a gluten-free loaf | a box of alfajores`),
      tags: lines(`#bakery | #sourdough | #breakfast`),
      COMPLAINT: lines(`
        Bought {product} at {brand} {time} and it was rock hard.
        Third time {brand} sells me {product} half baked.
        Ordered {product} from {brand}, {minutes} minutes late and cold.
        {brand} charged me twice for {product} in {place} and nobody refunds it.
        {minutes} minutes in the queue at {brand} in {place} to hear everything is gone.`),
      QUESTION: lines(`
        {brand}, what time do you open in {place} on {day}?
        Is there dairy in {product} from {brand}? My daughter is allergic.
        Can I order {product} from {brand} for {day}?
        {brand}, how late do you deliver in {place}?`),
      PRAISE: lines(`
        Had {product} from {brand} {time}, best thing in {place}.
        {brand} bread is always spot on, well baked the way I like it.
        The girl at {brand} in {place} kept {product} for me. Lovely.
        Best breakfast in {place}: {brand}, coffee and {product}.`),
      PURCHASE: lines(`
        I'd like {product} from {brand} for {n} people on {day}.
        {brand}, any discount for {n}? Looking for {product} for the office.
        Need {product} every {day} for my café in {place}, {brand}.
        {brand}, can you keep {product} for {day}? I'll drop by in {place}.`),
      CHATTER: lines(`
        Coffee, rain and {product} from {brand}.
        Gran says bread was better in her day, then finished {product} from {brand} by herself.
        Ran {n} km and got it all back at {brand} with {product}.
        The whole street smells of bread thanks to {brand} in {place}.`),
      news: lines(`
        Out of the oven today: {product}, from 7 am in {place}.
        We are looking for bakers in {place}.
        This {day} we open an hour early in {place}.`),
      titles: lines(`What makes a loaf well baked | Sourdough: patience and flour | A new shop in {place}`),
    },
    BANK: {
      products: lines(`the app | my debit card | online banking | the transfer | the cash machine | my credit card`),
      tags: lines(`#bank | #money | #app`),
      COMPLAINT: lines(`
        {brand}, {product} has been down since {time} and my rent is due.
        {price} in fees without a word, {brand}.
        {minutes} minutes on hold with {brand} over a charge I don't recognise.
        {brand} locked my account {time} and nobody explains why. A disaster.
        The {brand} machine in {place} swallowed my card.`),
      QUESTION: lines(`
        {brand}, how long until {product} is active?
        What papers does {brand} want to open an account in {place}?
        {brand}, can I change the limit of {product} on my {mobile}?
        Is the {brand} branch in {place} open on {day}?`),
      PRAISE: lines(`
        Finally a bank that answers: {brand} sorted my claim in {n} minutes.
        The new version of the {brand} app is so fast.
        Great service at {brand} in {place} {time}.
        {brand} refunded {price} before I asked. Respect.`),
      PURCHASE: lines(`
        I'd like a loan of {price} for my shop in {place}, {brand}.
        {brand}, I'm interested in the first-home mortgage.
        Moving my salary to {brand}, what do I get?
        {brand}, I need {n} cards for my staff.`),
      CHATTER: lines(`
        End of the month and {brand} looks at me with pity.
        Queue at {brand} in {place}, we are all friends now.
        The {brand} calendar is the only tidy thing in my house.
        My nephew wants to be {brand} when he grows up.`),
      news: lines(`
        From {day} you can pause your card in the app.
        Our branch in {place} now opens in the afternoon.
        We never ask for passwords by message. In doubt, hang up.`),
      titles: lines(`Five signs of a scam message | Saving without noticing | How to read your statement`),
    },
    MOBILE: {
      products: lines(`the signal | the internet | porting my number | the fibre | the family plan | roaming`),
      tags: lines(`#nosignal | #fibre | #5G`),
      COMPLAINT: lines(`
        {brand}, {product} failed in {place} {time}. I work from home, this is useless.
        Got a bill for {price} and my plan is half of that, {brand}.
        {n} calls to {brand} and every agent says something else.
        {brand} cancelled my line without asking. Incredible.
        No signal in {place} again, {brand}. Paying for a {mobile} that cannot call.`),
      QUESTION: lines(`
        {brand}, when is {product} coming to {place}?
        How do I activate the {brand} eSIM on a new {mobile}?
        {brand}, is there a contract period on {product}?
        Is {brand} down in {place}?`),
      PRAISE: lines(`
        {product} from {brand} works even in the hills, who knew.
        The {brand} engineer came {time} in {place} and left it perfect.
        Switched to {brand} a month ago and I love {product}.
        Thanks {brand}, fixed {product} in {n} minutes.`),
      PURCHASE: lines(`
        I want to move {n} business lines to {brand}.
        {brand}, which {mobile} do you have under {price}?
        Looking for fibre and {mobile} in {place}, {brand}. Switching this week.
        {brand}, I'd like to sign up for {product} on {day}.`),
      CHATTER: lines(`
        My {mobile} on {brand} survived the washing machine.
        Challenge: a whole {day} without my {mobile}. Lost after {n} minutes.
        The {brand} hold music is my favourite song now.
        In {place} you get {brand} only standing on the table.`),
      news: lines(`
        Fibre comes to {place}: check your street on the site.
        This {day} we work on the network in {place}, 2 to 4 am.
        New family plan with {n} lines.`),
      titles: lines(`How to use an eSIM | Why it slows down at night | 5G comes to {place}`),
    },
    MARKET: {
      products: lines(`the fruit | the home delivery | the mince | the weekly shop | the fish | the olive oil offer`),
      tags: lines(`#groceries | #offers`),
      COMPLAINT: lines(`
        {product} from {brand} arrived spoiled {time}.
        At {brand} in {place} the till price is not the shelf price: {price} more.
        Ordered from {brand} and {n} items were missing. Nobody answers.
        One till open at {brand} in {place} and {minutes} minutes of queue.`),
      QUESTION: lines(`
        {brand}, is {product} back this week in {place}?
        Does {brand} deliver in {place} on {day}?
        How do I use my {brand} points? I have {n} and don't know if they expire.
        {brand}, how long does the offer last?`),
      PRAISE: lines(`
        {product} from {brand} is among the best I had this year.
        Ordered from {brand} {time} and it was here in {minutes} minutes.
        Everyone at {brand} in {place} is so kind.
        {brand} really cut prices, saved {price}.`),
      PURCHASE: lines(`
        {brand}, I'd like to place a big order for {n} people on {day}.
        Does {brand} sell wholesale? I run a restaurant in {place}.
        Need {n} boxes of water by {day}, {brand}.
        {brand}, can you reserve {product} in {place}?`),
      CHATTER: lines(`
        Went to {brand} for milk, came out with {n} things and no milk.
        Met my teacher at {brand} in {place}. We still don't mention that exam.
        Today's list: {product}, bread and patience.
        {brand} is playing Christmas songs and it's only {day}.`),
      news: lines(`
        This week, {product} at half price in {place}.
        We gave {n} tonnes of food to food banks in {place}.
        You can now collect your order in {place}.`),
      titles: lines(`A week of dinners under {price} | How to pick fruit in season | Less plastic in our shops`),
    },
    HOME: {
      products: lines(`a dining table | a sofa bed | made-to-measure curtains | two lamps | a bookcase | a mattress`),
      tags: lines(`#interiors | #newhome`),
      COMPLAINT: lines(`
        Bought {product} from {brand} and it came damaged. {n} calls so far.
        {brand} is a month late with my order: {product}.
        Screws missing with {product} from {brand}, and the instructions are useless.
        {brand} refuses to replace {product}. I paid {price}.`),
      QUESTION: lines(`
        {brand}, do you assemble {product} at home in {place}?
        How long does {brand} take to deliver {product}?
        {brand}, can I return {product} if it doesn't fit the door?
        Is there a {brand} shop in {place}?`),
      PRAISE: lines(`
        My flat looks new thanks to {brand}: {product} and done.
        Spotless assembly by {brand} in {place}, two lovely lads.
        {brand} replaced {product} without one question.
        Amazing quality for {price}, {brand}.`),
      PURCHASE: lines(`
        Looking for {product} under {price}, {brand}.
        {brand}, I need {product} by {day}, do you deliver to {place}?
        Furnishing a hotel with {n} rooms in {place}, {brand}. Who do I talk to?
        {brand}, do you have {product} in another colour? Buying today.`),
      CHATTER: lines(`
        Built {product} from {brand}, {n} pieces left over. Surely not important.
        The cat decided {product} from {brand} is his.
        {day} of moving furniture until it's all back where it was.
        Couple argument number {n} at {brand} in {place}.`),
      news: lines(`
        The autumn collection is in {place}.
        Free workshop this {day}: restore your table.
        We pick up your old furniture in {place}.`),
      titles: lines(`How to choose a mattress | Small rooms, big ideas | The wood we use`),
    },
  },
  replies: {
    COMPLAINT: lines(`
      Same happened to me {time}, {brand} never learns.
      Put it in writing, worked for me with {brand}.
      Funny, {brand} in {place} has always been fine for me.
      {n} days of this here, maddening.
      Still waiting, {brand}.
      Switch, I did {time} and never looked back.`),
    QUESTION: lines(`
      I asked {time} and they said yes.
      In {place} only on {day} I think.
      Same question here, {brand}.
      It's on the {brand} site.
      Depends on the shop, call first.`),
    PRAISE: lines(`
      Totally agree, {brand} in {place} is something else.
      Now I'm hungry!
      Had worse luck, but glad for you.
      Can confirm, went {time}.
      {n} out of 10 for {brand}.`),
    PURCHASE: lines(`
      Got mine {time} for {price}, worth it.
      Tell me when you order, we can share delivery.
      Wait until {day}, {brand} usually has an offer.
      More choice in {place}.`),
    CHATTER: lines(`
      Haha, same in {place}.
      Me every {day}.
      Laughing out loud here.
      Pics or it didn't happen.
      That makes two of us, {n} nil.`),
  },
  answers: {
    COMPLAINT: lines(`
      Sorry about that. Could you DM us your order number?
      Sorry for the wait. The team in {place} is on it.
      Thanks for telling us, that is not what we want. We'll call today.`),
    QUESTION: lines(`
      Hi! Yes, in {place} until {hour}.
      Good question, we'll confirm by DM today.
      Hi, it's all at https://example.com/help`),
    PRAISE: lines(`
      So happy to read this! We'll tell the team in {place}.
      Thank you for coming. See you on {day}!
      You made our {day}.`),
    PURCHASE: lines(`
      Happy to! We'll DM you to take the order.
      We'll call you today with a price.
      Yes we can. What time on {day}?`),
    CHATTER: lines(`😂 Us too. | We're here all week. | Your secret is safe.`),
  },
  quotes: lines(`
    This. Exactly this with {brand} in {place}.
    Look what they say about {brand}.
    And not the only case, {brand}.
    Say what you want, well done {brand}.
    Anyone else in {place}?
    Saving this, interested in {brand}.`),
  comments: {
    COMPLAINT: lines(`
      Nice article, but service in {place} has been bad since {time}.
      Big promises. I have been waiting for {n} days.`),
    QUESTION: lines(`
      Is this true for the shop in {place} too?
      Could you explain the second point? Not clear to me.
      When does part two come out?`),
    PRAISE: lines(`
      Excellent piece, tried it {time} and it works.
      Thanks for sharing, sent it to {n} friends.
      So well explained.`),
    PURCHASE: lines(`
      After reading this I want one, where in {place}?
      How much? I need {n}.`),
    CHATTER: lines(`
      Greetings from {place}, I read you every {day}.
      My gran did it the same way.
      Came here looking for something else and stayed.`),
  },
  corrections: lines(`
    Edit: they answered, thanks.
    Edit: it was {day}, sorry.
    (typo fixed)
    Update: still the same.`),
};
