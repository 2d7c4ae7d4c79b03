// Our own Portuguese list (Brazil and Portugal), written like the Spanish one.
export const PORTUGUESE_WORDS: Readonly<Record<string, string>> = {
  '3.2': `excelent* incrivel incriveis maravilh* fantastic* espetacul* espectacul* extraordinari* magnific* fenomenal* impecavel impecaveis sensacional* otimo otima otimos otimas
    fabulos* perfeito perfeita perfeitos perfeitas perfeicao amo amei amamos amor amar amando amores apaixonad* apaixon* adoro adorei adoramos
    adorav* encantad* encant* fascin* genial* geniais deslumbr* divin* te_amo amo_voce amo_vc eu_amo te_adoro o_melhor a_melhor os_melhores as_melhores
    nota_10 nota_dez nota_mil bom_demais boa_demais melhor_do_mundo cinco_estrelas lindissim* otimament* foda_demais arrasou arrasaram arrasa arrasando
    morri_de_amor linda_demais lindo_demais perfeitament* sem_palavras maravilindo*`,
  '2.6': `feliz felizes felicidad* felicit* parabens alegr* contente* emocionad* emocionant* emocion* delici* gostos* lindo linda lindos lindas lindeza* bonit* divertid* divert*
    orgulh* sucesso* triunf* campea* campeo* vitori* bencao bencaos abencoad* abenco* recomendo recomendad* recomendadissim* agradecid* agradec* grato grata gratidao fofo fofa fofos fofas fofur* fofinh*
    satisfeit* admir* carinho* animad* empolgad* empolg* daora dahora maneiro bacana* brabissim* mito mitou
    vale_a_pena valeu_a_pena muito_obrigad* que_bom que_delicia que_lindo que_linda que_fofo que_fofa que_amor ainda_bem que_orgulho que_saudade_boa bom_trabalho otimo_trabalho mandou_bem mandaram_bem tamo_junto`,
  '1.9': `belo bela belos belas beleza* belissim* presente presentes presentinho* que_massa show_de_bola bom boa bons boas bem melhor melhores obrigad* brigad* obg obgd obrigadinh* vlw valeu gosto gostei gostou gostaram gostam gostando gostar gosta legal legais top brabo irado
    sorte melhora melhorou melhoraram melhorand* facil faceis rapid* eficien* eficaz* util uteis confort* agradav* simpatic* engracad* doce* meig* tern* ternur* sorri* sorris* riso* risad* ri
    abrac* beij* bjs bjo bjos bj esperanc* paz tranquil* calm* idol* heroi* heroin* premi* celebr* comemor* festa* festej* ganhar ganhei ganhou ganhamos ganhando vencer venceu vencemos
    vencedor* conquist* consegui conseguiu conseguimos interessant* inovador* inspir* corajos* honest* sincer* leal leais elegant* chique* criativ* talent* inteligent* brilh* cheiros* saboros*
    pontual pontuais gratis de_graca resolvid* resolveram resolveu atencios* profissional* qualidade bem_vind* bemvind* aplaus* bravo amig* amizade* milagr* relax* saudav* aconchegant* limpinh* limpo
    um_prazer sem_problema* de_nada nada_mal nao_vejo_a_hora mal_posso_esperar mal_vejo_a_hora ate_que_enfim muito_bem to_dentro na_torcida torcendo fa_de curti curtindo 
    amad* querid* princesa* gatinh* musa diva* diveou maravilha gata uhul uhuu uau eba ebaa oba obaa aleluia gloria`,
  '1': `show confia confio confian* kkk kkkk kkkkk rsrs rsrsrs haha hahaha hehe huehue ok wow corret* adequad* razoav* barat* cumpriu ajudaram ajudou atenderam preferid* favorit* fiel fieis ansios* curtir
    aproveit* hahah hihi ahaha ahahah xd animo torcida`,
  '-1': `lent* lerd* dificil dificeis demor* atras* cansad* cansac* chatead* duvid* confus* complicad* estranh* falta faltam faltou faltando esquec* problem* erro erros errad*
    defeit* reclam* queix* cancel* devol* caros carissim* cobranc* cadê cade_meu sozinh* preocup* nervos* incomod* fraco fraca fracos coitad* pregui* absurd* nem_sequer
    ninguem_responde ainda_espero continuo_esperando to_esperando estou_esperando ate_agora_nada sem_resposta sem_retorno nao_consigo nao_consegui nao_da nao_tem nao_chega nao_chegou nao_entendo nao_posso por_que_nao nao_tenho sei_la
    cai_toda_hora tedio afz aff afff affs affe`,
  '-1.9': `mentir* mentiros* mentiu mentindo mal mau maus pior piores feio feia feios feias feiur* triste tristes tristez* tristement* chor* dor dores doi doendo doeu raiva* irrit* chato chata chatos chatas chatic* chateia frustr* decepc* decepcion* desapont* desilud* desesper*
    angusti* agoni* medo* medonh* terror* assust* odi* odeio odiei furios* furia injust* enganad* engana enganou enganar enganos* minti* mentir* golpe golpes golpist* roub* furto furtad* assalt* fraud* ladra* ladro* corrupt* corrupc* culpa* fracass* falha*
    falhou falhando quebr* estrag* danific* vencido sujo suja sujos suje* nojo* grosseir* mal_educad* maleducad* arrogant* prepotent* ignorant* inutil inuteis incompet* irrespons* desastr* caos caotic* perig* ameac* violent* violenc* agred* agress*
    ferid* mort* morr* matar matou mataram assassin* crime* crimes criminos* bandid* guerra* doenc* doent* febre gripe vomit* crise* pobrez* fome desempreg* perd* perder perdeu perdi perdemos derrot* vergonh* lament* arrepend*
    deprim* depress* abandon* trai* traic* ciume* invej* hipocr* fals* trapac* abus* insult* xing* ofend* ofens* humilh* desprez* discrimin* machist* racis* homofob* assedi* tortur* sofr* tragedi* vitima* ridicul* patetic* insuport*
    tont* burro burra burros burrice idiotic* cruel* cruei* maldad* malvad* acident* catastrof* denunc* colaps* travando travou bugad* bugou
    nao_funciona nao_funcionam nao_serve nao_gosto nao_gostei nao_presta nao_vale nao_respondem nao_responde nao_atendem nao_atende sem_sinal sem_luz sem_internet sem_agua fora_do_ar nunca_mais que_pena uma_pena
    falta_de_respeito perda_de_tempo de_mal_a_pior nao_aguento nao_suporto to_puto to_puta estou_farto estou_farta farto_de farta_de de_saco_cheio saco_cheio que_saco um_saco chega_de que_merda cobrado_indevid* cobranca_indevida
    pessimo_atendimento mal_atendid* descaso desrespeit* enrolacao enrolando palhacada palhac* sacanagem sacana`,
  '-2.8': `horriv* terriv* horror* horrend* pavoros* nojent* nefast* deploravel deploraveis pessim* merda* bosta* puta putas putos filho_da_puta filha_da_puta fdp pqp vsf vtnc vai_se_foder fodid* fodeu arrombad* cuzao cuzoes desgrac* desgracad*
    maldit* imbecil imbecis idiot* estupid* otari* babac* lixo* porcaria* escrot* vagabund* canalha* miserav* infame* indign* inaceitav* intolerav* vergonhos* odio detest* repugn* asqueros* ladroes golpistas estelionat* terrorist*
    o_pior a_pior os_piores as_piores uma_merda um_lixo uma_vergonha um_absurdo que_nojo que_odio que_raiva que_horror puta_merda pior_empresa nao_recomendo nunca_mais_compro`,
  '0': `morri morrendo socorro mortal chorando_de_rir ansiosa ansioso
    super cortes perdo* amador* premier* confirm* quero quer querem querer queria quiser gostaria por_favor pfv pf bom_dia boa_tarde boa_noite bons_dias ou_seja mais_ou_menos se_bem bem_que bem_como se_bem_que sol tipo tempo so simples pronta senhorita entrada frase frases autor
    dente barras barreira tenda tunica vigarista maior ventilador caro cara caras dado direto direito deus jesus claro certo certa certeza oferta multa mancha sensivel novela frente quadra usado sair parar pare para serio seria fogo forca forte firme
    justo justa enorme importante importantes importancia resolver proprio negrito cobrir cal nozes solto ouro ceu resolucao liberdade justica verdade ajuda ajudar socorro louco louca loucos loucas loucura doido doida doidos
    decidir pedido pagamento esperar esperando promessa oportunidade oportunidades possibilidades comissao imposta topo topos conduzindo capacidade morri_de_rir morrendo_de_rir morta_de_rir morto_de_rir chorando_de_rir
    chorei_de_rir rindo_muito mente mentes mental mentais trailer* morro morros morrinho saco sentindome perdao brasileirao belo_horizonte gato gatos
        e_ai`,
  '3': `hino_demais perfeit* amoo mara_demais tudo_pra_mim tudo_de_bom que_tudo te_amar amo_muito amo_demais amei_demais melhor_coisa melhor_dia
    melhores_pessoas divou lacrador* orgulho_demais sou_apaixonad* to_apaixonad* estou_apaixonad* chorando_de_felicidade chorando_de_emocao
    de_tirar_o_folego`,
  '2.3': `fixe fixes porreir* lacrou lacre lacrando sambou zerou hino arraso arrasos lindao lindona lindinh* fof* gostosao
    gostosinh* emocionei que_maximo o_maximo parabeniz* homenage* felizmente graças_a_deus gracas_a_deus honra honrad* privilegi*
    to_feliz estou_feliz fico_feliz fiquei_feliz sonho_realizado realizad* que_show que_top que_legal que_bacana que_maravilha que_alegria
    que_felicidade que_fofura que_gracinha um_amor uma_delicia uma_gracinha minha_vida meu_amor amor_da_minha meus_amores muito_amor quanto_amor
    so_amor merecid* mereceu merecia_ganhar mulherao talentos* impecavelment*`,
  '1.5': `rindo rachei rachando ri_muito ri_alto ri_demais tmj tamojunto sucess* ferias descans* relaxar curtir_muito aprecio apreci* afortunad*
    sortud* sortei_nao aliviad* alivio animar animou se_deus_quiser boa_sorte de_boa e_nois na_paz torco torcer vamo_que_vamo bora fas_de
    saudades_boas quero_mais bem_feito que_venha pode_vir ta_chegando ate_q_enfim`,
  '0.8': `coracao respeito vamos`,
  '-0.8': `chorei nao_quero nao_acredito nao_e_possivel nao_pode_ser que_fase nem_ligo tanto_faz enjoad* mico treta tretas brega cafona calor_do_cao`,
  '-1.5': `cansei canseira cansativ* exaust* esgotad* enjoei entediad* estress* desanim* desgast* gripad* resfriad* dor_de_cabeca colica insonia
    solidao carente carencia reprovei reprovad* chung* zoad* zuad* fraquissim* flop* cancelad* credo af sem_graca sem_nocao sem_sentido
    sem_vontade sem_paciencia sem_condicoes que_preguica que_chato que_chata que_triste que_tristeza que_feio que_medo que_dor que_estranho
    nao_merece nao_mereceu nao_merecia nao_aguento_mais to_cansad* estou_cansad* to_triste estou_triste fico_triste fiquei_triste fico_put*
    fiquei_put* deus_me_livre falta_de injustic* mentira mentiras mau_humor medroso pesadel* divida dividas inflacao castig* muito_caro
    caro_demais tao_caro demora_demais demorando falso falsa falsiane mediocr* covard* perdid* perdeu_a_graca`,
  '-2.2': `ruim ruins ruinzinh* eca tosco tosca toscos toscas ranco desgost* inferno infern* parvo parva parvos gatuno* gatunos aldrab* burla
    burlao vigaric* vigarist* roubalheir* miseria pouca_vergonha vergonha_alheia sem_vergonha safad* ridicul* nojo nojeira podre podres podridao
    toxic* hipocrisia fascist* nazist* golpe_de_estado ditadura* ditador* censur* represao mafia* milician* estupr* pedofil* feminicid* maltrat* racist*
    homofobic* me_irrita me_irritam me_da_raiva me_da_nojo me_da_medo me_deixa_triste tenho_odio tenho_raiva tenho_nojo peguei_ranco
    odeio_quando coisa_feia dor_no_coracao partiu_meu_coracao coracao_partido bad vibe_ruim na_bad lamentavel lamentaveis`,
  '-3': `cabrao cabroes ruim_demais pessima_ideia lixo_de vadia* puta_que_pariu foda_se foda-se vai_tomar_no tomar_no_cu vai_a_merda
    va_a_merda vai_pra_puta te_odeio eu_odeio odeio_muito que_lixo que_bosta que_porcaria que_porra filhos_da_puta desgracado desgraca`,
};

export const PORTUGUESE_NEGATORS = 'nao n ñ nunca jamais nem sem ninguem nada nenhum nenhuma tampouco';
export const PORTUGUESE_CONTRASTS = 'mas porem contudo todavia entretanto so_que';
export const PORTUGUESE_BOOSTERS = `muito muita muitos muitas mto mt mta muitissimo demais bastante tao tanto tanta super mega ultra hiper totalmente completamente absolutamente
  realmente extremamente incrivelmente mais que puta baita pra_caralho pra_caramba cada`;
export const PORTUGUESE_DAMPENERS = 'pouco algo quase apenas meio ligeiramente relativamente parcialmente';
