// Our own English additions, on VADER's scale of -4 to 4, written without looking at labelled posts. `word*` stands for every word that
// begins so, `a_b` for words side by side. They override AFINN and VADER, whose ratings of everyday words such as «please» and «help»
// mislead where customers write to a company.
export const ENGLISH_WORDS: Readonly<Record<string, string>> = {
  '3.2': `phenomenal flawless* impeccable spectacular goat fantabulous lifesaver game_changer best_ever the_best blown_away
    second_to_none above_and_beyond made_my_day hats_off five_stars 10/10 chef's_kiss can't_recommend_enough highly_recommend* love_it love_this love_you`,
  '2.6': `kudos well_done good_job great_job nice_work shout_out shoutout props thank_you thanks_so_much thank_you_so_much thx_so_much much_appreciated so_excited
    so_happy top_notch top-notch first_class spot_on two_thumbs_up thumbs_up lit_af on_point slay slayed slaying hilarious stoked pumped hyped thrilled
    delish yummy scrumptious obsessed_with happy_birthday happy_bday`,
  '1.9': `thanks thx thanx tysm ty tnx ily ilysm can't_wait cant_wait cannot_wait looking_forward look_forward congrats congratz yay yaay woot yass yas dope bae
    epic legit_good pretty_good not_bad resolved sorted fixed helpful friendly courteous speedy seamless smooth smoothly hassle-free painless prompt quick
    responsive reliable attentive knowledgeable on_time no_problems no_issues no_complaints blessed grateful gr8 luv faves fave favourite favorite worth_it
    worth_every exceeded_expectations my_fav upgraded recommend recommended recommending feel_better`,
  '1.3': `lol lolol haha hahaha hahah hehe lmao lmfao rofl ahaha xd hahahaha ok_good nice_to no_worries no_problem yum wow omg_yes`,
  '0.8': `like likes liked okay_then decent ready`,
  '-1': `weird boring bored tough hard_to too_bad so_long too_long forever_to anxious nervous worried stressed stressful headache hungry lonely cold_food rain_again miss_you wait_time long_wait hours_on no_luck unlucky delay delays delaying late meh bleh smh ugh sigh confusing waiting_for still_waiting waited waited_for been_waiting slow slower slowest costly pricey overpriced
    hold_up on_hold glitch glitchy bug buggy lag laggy lagging stuck lost missing missed cancel cancels cancelling canceling error errors outage
    expensive hungover tired exhausted exhausting monday_again bummed bummer idk_why no_idea  stranded`,
  '-1.9': `cancelled canceled delayed cancellation cancellations rude unhelpful ignored ignoring ignore ignores incompetent incompetence clueless useless unacceptable unprofessional
    unreliable unresponsive crashed crashing crashes broken broke faulty defective damaged overcharged charged_twice double_charged misled misleading mislead lied lies
    lying shady sketchy scam scammed scammer ripoff rip-off ripped_off rip_off fail fails failed failing failure epic_fail fml wtf wth stfu ffs gtfo bs bullshit
    no_response no_reply no_answer no_help no_one_answers nobody_answers hung_up not_working isn't_working doesn't_work does_not_work don't_work won't_work didn't_work stopped_working
    never_works not_happy not_impressed not_good not_acceptable not_ok not_okay not_cool not_fair can't_believe cant_believe fed_up had_enough sick_of tired_of so_tired
    waste_of wasted_my waste_my let_down letdown disappoint* downhill switching_to never_arrived never_came not_received still_no still_not still_haven't still_havent
    no_refund customer_disservice poor poorly bad badly lousy crappy sucky sucked sucks suck sux lame gross nasty yuck ew eww eww* annoyed annoying irritating
    frustrat* aggravat* ridiculous absurd insane_prices unfair trash garbage shambles mess messed_up screwed screwed_up screw  hate_when miserable overbooked mishandled
    hours_late make_it_right wake_up_call worse worsen* drop_the_ball dropped_the_ball sad saddened sadly cry crying cried hurts heartbroken heartbreaking`,
  '-2.8': `worst awful horrible horrendous terrible atrocious abysmal appalling dreadful disgusting disgusted disgrace disgraceful pathetic shameful joke_of a_joke total_joke
    worst_ever the_worst never_again never_flying never_using never_buying never_buy do_not_buy don't_buy stay_away avoid_at_all fuck_off fuck_you fuck_this fuck_them pissed pissed_off piss_off livid
    furious infuriating infuriated outraged outrageous nightmare thieves crooks criminals theft liars liar thanks_for_nothing no_thanks_to go_to_hell piece_of_shit shitty
    shit_show shitshow dumpster_fire clusterfuck horrid hate hates hated hating`,
  '0': `please plz pls help helping helps want wants wanted wanting need well yes yeah yea sure ok okay k fire united unite hand hands number matter matters god gods big huge top reach share shared
    shares chance chances natural play plays playing true war fight fights kind kinda interest interests free_to certain clear clearly cut cuts drop drops dropped demand demands
    pay pays paid charge charges charged cover hard alone stop stops leave leaving block blocked question questions questioned growing grown increase increased super mad_men
    pretty like_to would_like i'd_like id_like looks_like look_like looked_like feel_like feels_like seems_like sounds_like something_like just_like like_a like_the like_this like_that things_like
    good_morning good_afternoon good_evening good_night goodnight as_well might_as_well care customer_care customer_service care_of solid_state solution solutions vision  gas
    save_the_date security secure trust_fund energy intense sunday shot shots apology apologies  wish wished hope hopes hoping party parties friend friends  exclusive bank
    black_friday low crazy insane sick wicked no resolve solve  extend promise agree agreed commit committed join joining supporter supporters lead leading popular capital arrest_development jesus christ
    importance important active apply straight  warm grand keen ensure ensuring ready_to great_britain`,
};

export const ENGLISH_NEGATORS = `not no never none nobody nothing neither nor nowhere cannot without hardly barely scarcely rarely seldom aint ain't cant can't couldnt couldn't
  didnt didn't doesnt doesn't dont don't hadnt hadn't hasnt hasn't havent haven't isnt isn't mightnt mightn't mustnt mustn't neednt needn't shant shan't shouldnt shouldn't
  wasnt wasn't werent weren't wont won't wouldnt wouldn't arent aren't despite lacks lack lacking`;
export const ENGLISH_CONTRASTS = 'but however though yet';
export const ENGLISH_BOOSTERS = `absolutely amazingly awfully completely considerably decidedly deeply damn effing enormously entirely especially exceptionally extremely fabulously
  flipping fricking frigging fully fucking greatly hella highly hugely incredibly intensely majorly more most particularly purely quite really remarkably so substantially thoroughly
  totally tremendously uber unbelievably unusually utterly very super such too beyond freaking literally truly seriously`;
export const ENGLISH_DAMPENERS = `almost barely hardly kinda kind_of little marginally occasionally partly scarcely slightly somewhat sorta sort_of bit`;
