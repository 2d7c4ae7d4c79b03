// What gives away that somebody wants to buy, by language. `word*` stands for every word that begins so, `a_b` for words side by side,
// `…` for up to five words between; accents and case do not matter. Domain-neutral on purpose: a bakery and a bank share them.
export type IntentCode =
  | 'RECOMMENDATION'
  | 'SEARCH'
  | 'PURCHASE'
  | 'PRICE'
  | 'LEAVING'
  | 'PERSON'
  | 'JOKE'
  | 'SALE'
  | 'NOT_FOR_SALE';
export type IntentLanguage = 'en' | 'es' | 'pt';

/** What a phrase of each kind weighs; the strength of an intent is their sum, from 0 to 1. */
export const WEIGHTS: Readonly<Record<IntentCode, number>> = {
  RECOMMENDATION: 0.75,
  PURCHASE: 0.7,
  PRICE: 0.6,
  SEARCH: 0.55,
  LEAVING: 0.55,
  // What is asked of anybody, and asked at all, is meant more seriously.
  PERSON: 0.1,
  JOKE: -0.4,
  SALE: -0.7,
  NOT_FOR_SALE: -0.8,
};

export const INTENT_WORDS: Readonly<Record<IntentLanguage, Readonly<Record<IntentCode, string>>>> = {
  en: {
    RECOMMENDATION: `recommend_me_a recommend_me_an recommend_me_some recommend_a recommend_an recommend_some recommend_any recommend_one recommend_me_one
      recommend_somewhere recommend_someone recommend_anyone can_you_recommend could_you_recommend can_anyone_recommend could_anyone_recommend can_anybody_recommend
      can_someone_recommend could_someone_recommend anyone_recommend anybody_recommend would_you_recommend do_you_recommend suggest_me_a anyone_suggest can_you_suggest
      any_recommendations any_recommendation any_recs recommendations_for looking_for_recommendations looking_for_a_recommendation need_recommendations need_a_recommendation
      seeking_recommendations recommendations_please recs_for any_suggestions_for suggestions_for_a anyone_know_a_good anyone_know_of_a_good anyone_know_any_good anyone_know_a_decent anyone_know_a_reliable
      anybody_know_a_good anybody_know_any_good anyone_know_of_a anyone_know_a anyone_got_a_good who_sells which_one_should_i_buy which_should_i_buy what_should_i_buy should_i_buy
      best_place_to_buy best_place_to_get good_place_to_buy any_good_places any_good_alternatives`,
    SEARCH: `trying_to_book_a trying_to_buy_a trying_to_purchase_a trying_to_order_a can_you_match do_you_have_special do_you_have_any_deals do_you_have_any_special do_you_have_discounts track_deals looking_for_a looking_for_an looking_for_some looking_for_someone_to looking_for_somebody_to looking_for_good looking_for_cheap looking_for_affordable looking_for_low
      looking_for_new searching_for_a in_search_of_a in_the_market_for in_need_of_a need_to_find_a_good trying_to_find_a hunting_for_a shopping_for_a looking_at_getting thinking_of_getting thinking_about_getting
      thinking_of_buying thinking_about_buying considering_buying considering_getting looking_to_fly looking_to_hire looking_to_rent looking_to_move looking_to_arrange
      anyone_selling any_deals any_good_deals any_discounts any_discount any_promo_codes any_current_promotions any_promotions any_offers any_sales_coming`,
    PURCHASE: `i'd_like_to_purchase i_would_like_to_purchase how_can_i_book how_do_i_book need_to_book_a need_to_book_some want_to_purchase_a anxious_to_book anxious_to_buy dying_to_buy where_can_i_buy where_can_i_get_a where_can_i_get_an where_can_i_get_some where_can_i_get_one where_can_i_order where_can_i_purchase where_can_i_find_a where_can_you_buy where_to_buy
      where_do_i_buy where_do_you_buy where_did_you_buy where_could_i_buy where_could_i_get how_can_i_buy how_do_i_buy how_do_i_order how_can_i_order how_do_i_purchase how_do_i_sign_up how_can_i_sign_up can_i_buy
      can_i_still_buy can_i_order can_i_pre-order i_want_to_buy i_want_to_order i_want_to_purchase i'd_like_to_buy i'd_like_to_order i'd_like_to_book i_would_like_to_buy i_would_like_to_order
      i_would_like_to_book i_need_to_buy need_to_buy_a ready_to_buy looking_to_buy looking_to_purchase looking_to_order looking_to_book want_to_buy_a want_to_buy_an want_to_book_a when_can_i_book when_can_i_buy
      do_you_sell do_you_guys_sell do_you_ship do_you_deliver do_you_have…in_stock is_it_in_stock is_it_still_available is_this_still_available still_for_sale are_these_available is_this_available is_it_available planning_to_buy going_to_buy_a `,
    PRICE: `how_much_is how_much_are how_much_for how_much_does…cost how_much_do…cost how_much_would…cost how_much_will…cost how_much_do_you_charge what_does…cost what_is_the_price what's_the_price
      what_are_the_prices what_is_the_cost what's_the_cost price_list prices_for_the can_i_get_a_quote get_a_quote a_quote_for quote_me what_are_your_rates what_are_your_prices how_much_to_get how_much_to_fly price_please price_pls dm_me_the_price cost_me_to`,
    LEAVING: `switching_from switching_to_you switch_to_you switching_to_u moving_to_you leaving…for_you alternative_to_my alternatives_to replacement_for_my time_to_leave tired_of…looking
      fed_up_with…looking better_than_my_current dumping…for_you come_over_to_you coming_over_to_you changing_providers changing_supplier changing_suppliers new_provider new_supplier i'm_switching considering_switching thinking_of_switching thinking_about_switching want_to_switch_to_you ready_to_switch going_to_switch`,
    PERSON: `anyone anybody someone please thanks ty pls suggestions advice`,
    JOKE: `lol lmao lmfao rofl haha* hahaha* jk just_kidding asking_for_a_friend sarcasm #sarcasm 😂 🤣 said_no_one as_if new_brain new_life new_job new_boyfriend new_girlfriend new_husband a_time_machine a_miracle a_clue`,
    SALE: `check_out_our visit_our we_sell we_offer our_store our_shop order_now buy_now shop_now for_sale_now use_code promo_code_is link_in_bio dm_to_order free_shipping limited_offer sign_up_now i_sell i'm_selling selling_my we_are_hiring we're_hiring wanna_buy_a anyone_wanna_buy anyone_want_to_buy want_to_buy_my who_wants_to_buy giveaway check_my_bio better_check`,
    NOT_FOR_SALE: `we_recommend they_recommend would_recommend_a would_recommend_some can_you_match_my_seat how_much_longer how_much_time how_much_more how_much_is_enough how_much_is_that_worth how_much_is_my looking_for_a_way looking_for_a_reason looking_for_a_job looking_for_a_gate looking_for_an_open looking_for_an_answer looking_for_an_update looking_for_an_explanation looking_for_a_response looking_for_a_reply looking_for_a_refund
      looking_for_a_pilot looking_for_a_crew looking_for_a_plane looking_for_a_person looking_for_a_human looking_for_a_fight looking_for_a_date looking_for_a_new_job looking_for_some_answers looking_for_some_help looking_for_someone_to_talk searching_for_a_job in_search_of_a_job
      looking_for_a_way_to where_can_i_get_an_update where_can_i_get_a_refund need_a_refund can_i_get_a_refund still_available_to_help recommend_a_call recommend_you wouldn't_recommend i_recommend i'd_recommend i_would_recommend highly_recommend* would_you_recommend_i would_you_recommend_that shopping_for_a_new_airline recommend_noneother recommended_me switching_to_delta switching_to_a_different switch_from_one can_you_recommend_a_time
      flight_is_delayed lost_my lost_luggage switch_my switching_planes switched_planes switching_aircraft refund baggage_claim shopping_for_a_refund`,
  },
  es: {
    RECOMMENDATION: `alguien_recomienda alguien…recomienda alguien…recomiende alguien_me_recomienda alguien_puede_recomendar* alguien_me_puede_recomendar me_recomiendan me_recomendais me_recomienda_alguien me_recomendarian me_recomiendas que_me_recomiendan que_recomiendan
      que_recomendais que_me_recomendais que_me_recomiendas que_recomiendas me_podrian_recomendar me_podeis_recomendar me_pueden_recomendar me_puedes_recomendar podrian_recomendarme pueden_recomendarme podeis_recomendarme podrias_recomendarme recomiendenme recomendadme recomiendame recomienden_un recomienden_una recomienden_algun
      acepto_recomendaciones busco_recomendaci* necesito_recomendaci* alguna_recomendacion algun_recomendad* se_aceptan_recomendaciones se_aceptan_sugerencias acepto_sugerencias alguna_sugerencia alguien_conoce_un alguien_conoce_una alguien_conoce_algun* conocen_algun* conoceis_algun* conocen_un_buen conocen_una_buena
      conocen_un_lugar alguien_sabe_de_un alguien_sabe_de_algun* alguien_sabe_donde_venden alguien_sabe_donde_comprar alguien_sabe_donde_puedo_comprar alguien_sabe_quien_vende saben_de_algun* sabeis_de_algun* saben_de_alguien_que alguien_que_venda alguien_que_haga quien_vende quien_venda quien_me_recomienda alguien_tiene_un_contacto_de pasen_dato* tiren_dato* dato_de_un dato_de_una
      me_tiran_un_dato cual_me_compro cual_comprar cual_me_conviene que_me_compro me_conviene_comprar`,
    SEARCH: `busco_un busco_una busco_unos busco_unas busco_alguien_que busco_quien busco_a_alguien_que busco_proveedor* busco_alquiler busco_comprar busco_tienda ando_buscando_un ando_buscando_una ando_en_busca_de estoy_buscando_un estoy_buscando_una
      estamos_buscando_un estamos_buscando_una buscamos_un buscamos_una buscamos_proveedor* en_busca_de_un en_busca_de_una necesito_encontrar_un necesito_conseguir pensando_en_comprar* pensando_comprar* estoy_por_comprar* a_punto_de_comprar* me_quiero_comprar me_voy_a_comprar alguna_oferta hay_ofertas tienen_ofertas tienen_promocion* hay_descuento* tienen_descuento* algun_descuento necesito_contratar quiero_contratar quisiera_contratar se_busca_proveedor`,
    PURCHASE: `donde_puedo_comprar donde_puedo_conseguir donde_puedo_encontrar_un donde_puedo_encontrar_una donde_se_puede_comprar donde_se_compra donde_compro donde_compraste donde_lo_compraste donde_la_compraste donde_consigo donde_venden donde_lo_venden donde_los_venden donde_la_venden donde_las_venden
      donde_comprar donde_conseguir donde_lo_puedo_comprar donde_la_puedo_comprar como_puedo_comprar como_compro como_hago_para_comprar como_lo_compro como_hago_un_pedido como_puedo_pedir quiero_comprar quisiera_comprar quiero_encargar quisiera_encargar quiero_pedir_un quisiera_pedir_un quiero_reservar quisiera_reservar
      me_gustaria_comprar me_gustaria_encargar me_gustaria_contratar me_interesa_comprar necesito_comprar me_interesaria_comprar lo_quiero_comprar la_quiero_comprar ustedes_venden ustedes_tienen_en_stock todavia_venden aun_venden siguen_vendiendo venden_por tienen_stock hay_stock tienen_disponible* esta_disponible siguen_disponible* sigue_disponible tienen_en_existencia hacen_envios hacen_envio haceis_envios envian_a mandan_a_domicilio tienen_delivery`,
    PRICE: `cuanto_cuesta cuanto_cuestan cuanto_costaria cuanto_vale cuanto_valen cuanto_sale cuanto_salen cuanto_saldria cuanto_cobran cuanto_cobras cuanto_cobrais cuanto_me_cobran cuanto_me_saldria cuanto_esta_el cuanto_esta_la cuanto_estan a_cuanto_esta a_cuanto_estan a_cuanto_sale
      a_como_esta a_como_estan a_cuanto_el a_cuanto_la que_precio_tiene que_precio_tienen que_precio_tendria que_precio_sale que_valor_tiene cual_es_el_precio cual_es_el_costo cual_seria_el_precio me_pasan_precio me_pasas_precio me_pasan_el_precio me_das_precio me_dan_precio precio_por_favor precio_x_favor precio_porfa precio_porfis
      precio_de_la precio_del precio_y_disponibilidad precios_por_favor lista_de_precios pasar_precio* pasame_precio pasan_presupuesto me_pasan_presupuesto pedir_presupuesto un_presupuesto_para un_presupuesto_de una_cotizacion me_cotizan me_cotizas cotizar_un cotizar_una quiero_cotizar`,
    LEAVING: `me_quiero_cambiar_a quiero_cambiarme_a quiero_pasarme_a me_quiero_pasar_a me_paso_a_ustedes me_cambio_con_ustedes me_cambio_a_ustedes me_paso_con_ustedes me_paso_con_vosotros me_voy_con_ustedes alternativa_a alternativas_a cambiar_de_compañia cambiar_de_proveedor cambiar_de_banco cambiar_de_operador* cambiarme_de_compañia cambiarme_de_banco cambiarme_de_operador* cambio_de_proveedor cambio_de_compañia
      dejar_a_mi_proveedor harto_de_mi_proveedor harta_de_mi_proveedor quiero_dejar…y_pasarme hacer_la_portabilidad quiero_portarme`,
    PERSON: `alguien gracias porfa por_favor porfavor please ayuda sugerencias`,
    JOKE: `jaja* jeje* jiji* jsjs* ajaj* lol xd es_broma sarcasmo #sarcasmo 😂 🤣 asi_si_me_compro un_te una_vida una_novia un_novio_nuevo otra_vida un_cerebro paciencia_donde un_abrazo un_milagro un_sugar`,
    SALE: `vendo vendemos a_la_venta se_vende visita_nuestra visitanos nuestra_tienda nuestro_catalogo ofrecemos aprovecha aprovechen haz_tu_pedido hagan_su_pedido pide_el_tuyo escribenos link_en_la_bio envio_gratis envios_gratis compra_ya compra_ahora usa_el_codigo sorteo contactanos te_ofrecemos estamos_contratando`,
    NOT_FOR_SALE: `busco_una_solucion busco_solucion* busco_un_responsable precio_del_dolar precio_del_petroleo precio_de_la_gasolina precio_de_la_nafta precio_de_la_luz busco_trabajo busco_empleo busco_un_trabajo busco_un_empleo busco_novi* busco_un_novi* busco_una_novi* busco_amig* busco_amor busco_pareja busco_una_pareja busco_a_mi busco_una_explicacion busco_una_respuesta busco_una_excusa busco_un_sentido buscando_un_trabajo buscando_trabajo buscando_la_mirada buscando_una_respuesta cuanto_cuesta_que cuanto_cuesta_entender
      cuanto_cuesta_responder cuanto_cuesta_contestar cuanto_vale_mi cuanto_falta cuanto_tiempo cuanto_mas recomiendo no_recomiendo te_recomiendo les_recomiendo se_recomienda me_recomendo me_recomendaron recomienda_que recomiendan_que devolucion reembols* me_cobraron_de_mas quiero_pedir_un_favor quiero_pedir_un_deseo pedir_un_favor venden_humo venden_mentiras vale_la_pena que_valor_tienen_las_palabras`,
  },
  pt: {
    RECOMMENDATION: `alguem_indica alguem_recomenda alguem_me_indica alguem_me_recomenda alguem_pode_indicar alguem_pode_recomendar alguem_pode_me_indicar alguem_consegue_indicar alguem…indicar alguem…recomendar me_indica_um me_indica_uma me_indica_algum* me_indicam_um me_indicam_uma me_indiquem indiquem_um indiquem_uma me_recomendam me_recomenda_um
      me_recomenda_uma recomendem_um recomendem_uma voces_indicam voces_recomendam vcs_indicam vcs_recomendam vc_indica vc_recomenda o_que_recomendam o_que_me_recomendam podem_indicar podem_me_indicar podem_recomendar podem_recomendar-me pode_me_indicar poderiam_indicar aceito_indicac* aceito_recomendac* aceito_sugest* aceito_dicas alguma_indicacao alguma_recomendacao alguma_sugestao_de alguma_dica_de preciso_de_indicac*
      preciso_de_uma_indicacao quero_indicac* indicacao_de_um indicacao_de_uma indicacoes_de alguem_conhece_um alguem_conhece_uma alguem_conhece_algum* conhecem_algum* conhecem_um_bom conhecem_uma_boa alguem_sabe_de_um alguem_sabe_de_uma alguem_sabe_de_algum* alguem_sabe_onde_vende* alguem_sabe_onde_comprar alguem_sabe_onde_compro alguem_sabe_onde_posso_comprar alguem_sabe_quem_vende sabem_de_algum*
      alguem_que_venda alguem_que_faca quem_vende alguem_tem_contato_de alguem_tem_indicacao qual_comprar qual_devo_comprar qual_eu_compro vale_a_pena_comprar`,
    SEARCH: `procuro_um procuro_uma procuro_por_um procuro_por_uma procuro_quem procuro_alguem_que procuro_fornecedor* procurando_um procurando_uma procurando_por_um procurando_por_uma estou_a_procura_de_um estou_a_procura_de_uma estou_a_procura_de a_procura_de_um a_procura_de_uma estamos_procurando_um estamos_procurando_uma to_atras_de_um to_atras_de_uma estou_atras_de_um estou_atras_de_uma
      preciso_de_um_bom preciso_de_uma_boa preciso_encontrar_um preciso_encontrar_uma preciso_contratar quero_contratar gostaria_de_contratar pensando_em_comprar penso_em_comprar to_pensando_em_comprar querendo_comprar pretendo_comprar alguma_promocao tem_promocao tem_desconto algum_desconto tem_cupom alguem_vendendo alguem_vende`,
    PURCHASE: `onde_compro onde_eu_compro onde_comprar onde_posso_comprar aonde_posso_comprar aonde_compro onde_consigo_comprar onde_vende onde_vendem onde_encontro_um onde_encontro_uma onde_encontro_para_comprar onde_acho_um onde_acho_uma onde_acho_pra_comprar onde_posso_encontrar onde_posso_adquirir onde_comprou onde_voce_comprou onde_arrumo_um como_faco_para_comprar como_faco_pra_comprar como_compro
      como_posso_comprar como_faco_um_pedido como_faco_para_encomendar como_faco_para_pedir quero_comprar queria_comprar gostaria_de_comprar gostaria_de_encomendar quero_encomendar queria_encomendar quero_reservar queria_reservar gostaria_de_reservar preciso_comprar tenho_interesse_em_comprar voces_vendem vcs_vendem ainda_vendem voces_tem_em_estoque tem_em_estoque tem_no_estoque tem_disponivel ainda_tem_disponivel
      esta_disponivel ainda_disponivel fazem_entrega voces_entregam vcs_entregam entregam_em fazem_envio enviam_para tem_delivery`,
    PRICE: `quanto_custa quanto_custam quanto_custaria quanto_ta_o quanto_ta_a quanto_esta_o quanto_esta_a quanto_sai quanto_sairia quanto_fica quanto_ficaria quanto_cobra quanto_cobram quanto_voces_cobram quanto_vcs_cobram quanto_e_o quanto_e_a quanto_seria qual_o_valor qual_e_o_valor qual_valor
      qual_o_preco qual_e_o_preco qual_preco qual_seria_o_valor quais_os_valores quais_sao_os_precos me_passa_o_valor me_passa_o_preco me_passam_o_valor passa_o_valor manda_o_valor valor_por_favor preco_por_favor valor_pfv preco_pfv tabela_de_preco* lista_de_preco* fazer_um_orcamento pedir_um_orcamento um_orcamento_para um_orcamento_de orcamento_por_favor quero_um_orcamento gostaria_de_um_orcamento`,
    LEAVING: `quero_mudar_para quero_trocar_para vou_mudar_para_voces quero_ir_para_voces quero_migrar_para alternativa_ao alternativa_a alternativas_ao alternativas_a trocar_de_operadora mudar_de_operadora trocar_de_banco mudar_de_banco trocar_de_fornecedor mudar_de_fornecedor trocar_de_plano fazer_a_portabilidade fazer_portabilidade quero_portar larguei…quero`,
    PERSON: `alguem obrigado obrigada por_favor pfv please ajuda dicas meu_reino_pra`,
    JOKE: `kkk* kakaka* haha* rsrs* hehehe* ksks* lol brincadeira zoeira sqn so_que_nao #sqn 😂 🤣 uma_vida_nova um_cerebro um_namorado uma_namorada um_milagre vergonha_na_cara um_abraco`,
    SALE: `vendo vendemos a_venda vende-se visite_nossa nossa_loja nosso_catalogo oferecemos aproveite aproveitem faca_seu_pedido peca_ja peca_o_seu link_na_bio frete_gratis compre_ja compre_agora use_o_cupom sorteio chama_no chame_no entre_em_contato estamos_contratando`,
    NOT_FOR_SALE: `procuro_uma_solucao procuro_uma_resposta a_procura_de_uma_resposta a_procura_de_uma_solucao procuro_emprego procuro_trabalho procuro_um_emprego procuro_um_trabalho procuro_um_namorad* procuro_uma_namorad* procuro_namorad* procuro_um_amor procuro_amig* procurando_um_emprego procurando_um_motivo procurando_uma_resposta procurando_uma_explicacao quanto_custa_ser quanto_custa_responder quanto_custa_atender quanto_tempo quanto_mais quanto_e_bom recomendo nao_recomendo
      super_recomendo indico reembols* estorn* devolucao vale_a_pena_ver quanto_falta quanto_fica_feliz qual_o_valor_da_vida`,
  },
};

/** What turns the phrase after it into its opposite. */
export const NEGATIONS: Readonly<Record<IntentLanguage, readonly string[]>> = {
  en: [
    'not',
    'dont',
    "don't",
    'never',
    'no',
    "wouldn't",
    "won't",
    "can't",
    'cannot',
    "didn't",
    "doesn't",
    'nobody',
    'stop',
  ],
  es: ['no', 'nunca', 'jamas', 'tampoco', 'ni', 'nadie', 'sin'],
  pt: ['nao', 'nunca', 'jamais', 'tampouco', 'nem', 'ninguem', 'sem', 'ñ', 'n'],
};
