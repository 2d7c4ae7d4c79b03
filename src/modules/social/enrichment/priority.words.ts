// What raises a post's priority, by language. `word*` stands for every word that begins so, `a_b` for words side by side; accents are
// folded. Domain-neutral on purpose: a bakery, a bank and an operator share them.
export type SignalCode = 'QUESTION' | 'COMPLAINT' | 'URGENCY' | 'CHURN' | 'LEGAL';

export const SIGNAL_WORDS: Readonly<Record<'en' | 'es' | 'pt', Readonly<Record<SignalCode, string>>>> = {
  en: {
    QUESTION: `how_do_i how_can_i how_to can_you can_i can_someone can_anyone could_you could_someone does_anyone do_you_know does_anybody anyone_know anybody_know
      is_there_a is_it_possible what_is_the where_is where_are where_can when_will when_does why_is why_are why_did why_can't wondering_if any_idea any_update any_news`,
    COMPLAINT: `complain* complaint* refund* reimburse* compensat* overcharg* double_charged charged_twice charged_me not_working isn't_working doesn't_work does_not_work don't_work
      won't_work didn't_work stopped_working never_arrived hasn't_arrived not_received haven't_received never_received still_waiting been_waiting waiting_for on_hold no_response no_reply no_answer
      nobody_answers no_one_answers hung_up broken defective faulty damaged wrong_order missing lost_my cancelled canceled delayed delay unacceptable disappointed disappointing
      worst terrible_service worst_service poor_service bad_service awful_service horrible_service customer_service_is rude unprofessional incompetent rip_off ripoff rip-off outage is_down
      was_down been_down keeps_crashing keeps_failing let_down fed_up not_happy unhappy dissatisfied expired stale spoiled mouldy moldy fix_this fix_your fix_it sort_it`,
    URGENCY: `urgent* emergency asap right_now immediately stranded stuck trapped help_me please_help need_help dangerous unsafe safety injur* hospital allergic allergy poison* food_poisoning
      bleeding hacked stolen fraud fraudulent unauthorised unauthorized locked_out identity_theft scammed can't_access cannot_access life_or_death wheelchair insulin medication`,
    CHURN: `never_again never_flying never_using never_buying last_time switching_to switch_to i'm_switching moving_to i'm_leaving i'm_done done_with closing_my close_my cancel_my cancelling_my
      canceling_my cancel_subscription leaving_you lost_a_customer lost_my_business losing_a_customer lose_a_customer take_my_business taking_my_business going_elsewhere
      won't_be_back not_coming_back unsubscribe* boycott* delete_my_account `,
    LEGAL: `lawyer* attorney* lawsuit* sue suing legal_action small_claims court ombudsman regulator* consumer_protection trading_standards better_business_bureau bbb ftc fcc cfpb
      class_action gdpr data_breach discriminat* report_you reporting_you police`,
  },
  es: {
    QUESTION: `como_puedo como_hago como_se como_hacer alguien_sabe alguien_me alguien_puede me_pueden me_podeis me_podrian podrian_decir pueden_decir podeis_decir me_ayudan me_ayudais saben_si sabeis_si
      hay_algun* donde_esta donde_puedo donde_queda cuando_llega cuando_abren cuando_estara cuanto_cuesta cuanto_vale a_que_hora que_horario por_que_no tienen_idea quisiera_saber
      me_gustaria_saber quiero_saber necesito_saber una_pregunta una_duda una_consulta`,
    COMPLAINT: `queja* quejar* reclam* reembols* devolucion devolver* devuelv* indemniz* cobro_indebido cobraron_de_mas cobran_de_mas me_cobraron me_cobran doble_cobro no_funciona no_funcionan no_sirve no_sirven
      no_llego no_llega no_ha_llegado nunca_llego no_he_recibido sigo_esperando llevo_esperando todavia_espero aun_espero no_responden no_responde no_contestan no_contesta nadie_responde nadie_contesta
      nadie_atiende no_atienden sin_respuesta sin_servicio sin_internet sin_señal sin_luz sin_cobertura averi* defectuos* roto rota estropead* dañad* caducad* vencid* pesim* mal_servicio
      mala_atencion inaceptable decepcion* harto harta hartos indignad* maleducad* groser* estafa* robo vergonzos* falta_de_respeto retras* cancelad* cancelaron
      solucionen arreglen arreglad falla fallo problema_con`,
    URGENCY: `urgent* urge emergencia* ahora_mismo inmediat* cuanto_antes lo_antes_posible ayuda_por_favor auxilio socorro necesito_ayuda atrapad* varad* peligr* insegur* herid* lesion* hospital
      alergi* intoxic* incendio hackea* robaron me_robaron robad* fraude* no_autorizad* no_reconozco bloqueada bloqueado suplanta* phishing no_puedo_acceder silla_de_ruedas medicament* insulina`,
    CHURN: `nunca_mas no_vuelvo no_volvere no_volveremos jamas_volvere ultima_vez me_cambio me_voy_a me_voy_con cambiarme cambiar_de_compania cambiar_de_banco cambio_de_compania darme_de_baja dar_de_baja
      doy_de_baja me_doy_de_baja de_baja cancelar_mi cancelo_mi cancelare cerrar_mi_cuenta cierro_mi portabilidad pierden_un_cliente perdieron_un_cliente perdido_un_cliente perdeis_un_cliente un_cliente_menos
      boicot* no_compro_mas no_compren dejare_de`,
    LEGAL: `abogad* demanda* denuncia* juicio* tribunal* juzgado* profeco sernac indecopi condusef defensa_del_consumidor oficina_del_consumidor omic facua consumo_responsable hoja_de_reclamaciones
      hojas_de_reclamaciones libro_de_reclamaciones defensor_del_pueblo banco_de_españa cnmc superintendencia acciones_legales via_legal proteccion_de_datos aepd discrimina* policia guardia_civil`,
  },
  pt: {
    QUESTION: `como_faco como_posso como_fazer como_que_faz alguem_sabe alguem_pode alguem_me voces_podem vcs_podem pode_me podem_me poderiam_me voces_sabem vcs_sabem tem_como tem_algum* onde_fica onde_posso
      onde_esta quando_chega quando_abre quando_vai quanto_custa quanto_e que_horas qual_o_horario por_que_nao pq_nao gostaria_de_saber queria_saber quero_saber preciso_saber uma_pergunta uma_duvida tenho_duvida`,
    COMPLAINT: `reclam* queix* reembols* estorn* devolucao devolver* ressarc* indeniz* indemniz* cobranca_indevida cobrado_indevid* cobraram_a_mais me_cobraram cobrado_duas_vezes nao_funciona nao_funcionam nao_presta nao_chegou
      nao_chega nunca_chegou nao_recebi continuo_esperando estou_esperando to_esperando ainda_espero ate_agora_nada nao_respondem nao_responde ninguem_responde ninguem_atende nao_atendem nao_atende
      sem_resposta sem_retorno sem_sinal sem_internet sem_luz fora_do_ar defeit* quebrad* estragad* danificad* avariad* vencido pessim* mau_servico mal_atendid* inaceitavel
      decepcao decepcionad* decepcionant* desapontad* farto farta indignad* grosseir* mal_educad* golpe vergonha descaso desrespeit* falta_de_respeito atrasad* atraso cancelad* cancelaram
      resolvam resolve_isso arrumem arruma problema_com caiu_de_novo travando`,
    URGENCY: `urgent* emergenc* agora_mesmo imediat* o_quanto_antes o_mais_rapido ajuda_por_favor socorro preciso_de_ajuda me_ajudem preso_no presa_no preso_na presa_na perig* insegur* ferid* machuc* hospital alergi* intoxic*
      incendio hackea* hackead* roubaram me_roubaram roubad* furtad* fraude* clonad* clonaram nao_autorizad* nao_reconheco bloqueada bloqueado nao_consigo_acessar nao_consigo_aceder cadeira_de_rodas
      remedio insulina`,
    CHURN: `nunca_mais nao_volto nao_voltarei ultima_vez vou_mudar vou_trocar mudar_de_operadora trocar_de_operadora mudar_de_banco trocar_de_banco cancelar_minha cancelar_meu cancelar_a_minha cancelar_o_meu vou_cancelar
      quero_cancelar encerrar_minha encerrar_a_minha fechar_minha fechar_a_minha portabilidade perderam_um_cliente perderam_uma_cliente perdeu_um_cliente perder_um_cliente menos_um_cliente um_cliente_a_menos
      boicot* nao_compro_mais nao_comprem deixei_de`,
    LEGAL: `advogad* processar processo_judicial processo_na_justica acao_judicial justica_contra tribunal tribunais juizado* procon reclame_aqui reclameaqui anatel anac bacen banco_central senacon codigo_do_consumidor
      direito_do_consumidor direitos_do_consumidor livro_de_reclamac* deco asae anacom denuncia* lgpd discrimina* policia boletim_de_ocorrencia`,
  },
};
