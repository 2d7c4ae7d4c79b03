// Our own Spanish list, on VADER's scale of -4 to 4, written without looking at labelled posts. `word*` stands for every word that
// begins so, `a_b` for words side by side; accents are folded. It overrides the translated list.
export const SPANISH_WORDS: Readonly<Record<string, string>> = {
  '3.2': `excelent* increible* maravill* fantastic* espectacular* extraordinari* magnific* fenomenal* impecable* inmejorable*
    estupend* espectacul* fabulos* perfecto perfecta perfectos perfectas perfectamente perfeccion amo adoro amamos amor amar amando
    enamorad* enamor* encant* fascin* genial* brutalisim* magistral* alucinante* insuperable* divin* te_quiero te_amo te_adoro los_amo
    las_amo os_quiero lo_amo la_amo de_lujo de_diez un_diez 10_de_10 cinco_estrellas lo_mejor la_mejor el_mejor los_mejores las_mejores
    lo_maximo me_muero_de_amor buenisim* riquisim* lindisim* bellisim* guapisim* grandios* sublime* felicisim*`,
  '2.6': `de_puta_madre de_pm feliz felices feliciten felicidad* felicit* felizmente enhorabuena alegr* content* emocionad* emocionant* delicios* exquisit*
    precios* hermos* bell* lind* guap* divertid* diverti* disfrut* orgull* exit* triunf* ganamos ganaste campeon* bendicion* bendecid* bendig*
    recomendable* recomiendo recomendad* agradecid* agradezc* agradec* adorable* chulisim* molon* mola molan molo molar chevere* bacan*
    chido* chida* padrisim* ilusion* ilusionad* entusiasm* satisfech* admir* amable* amabilidad cariños* sabros* me_encant*
    vale_la_pena valio_la_pena merece_la_pena mil_gracias muchas_gracias muchisimas_gracias que_bueno que_bien que_rico que_lindo que_linda
    que_guay que_chulo que_grande que_ganas que_alegria que_ilusion de_maravilla felicidades cumpleaños_feliz feliz_cumple* a_tope
    me_alegr* nos_alegr* buen_trabajo buen_servicio gran_trabajo`,
  '1.9': `beso besos besito* besazo* original sano leal leales lealtad bueno buena buenos buenas bien mejor mejores gracias grax graciass gusta gustan gusto gustado gustaron guay cool bonit* rico rica
    ricos ricas suerte mejora mejoran mejoro mejorad* mejoras facil* rapid* eficien* eficaz* util utiles comod* agradabl* simpatic*
    gracios* dulce* tiern* ternura sonri* sonrisa* risa risas abraz* besit* esperanz* paz tranquil* fuerza* vida_mia crack* 
    idol* heroe* premi* victori* celebr* festej* fiesta* regal* ganar gane gano ganador* ganand* logr* consegui* interesant* innovador*
    inspir* valient* honest* sincer* elegant* creativ* talent* inteligent* brillant* exitos* esplendid* suav* fresc* acert* cumplen
    cumplio puntual* gratis solucionad* solucionaron resuelt* resolvieron atent* profesional* calidad bienvenid* aplaus* bravo ole
    animo animos ojala apoyo apoyar amig* amistad milagr* relaj* saludable* sano acogedor* limpio limpia un_placer
    sin_problema* sin_quejas de_nada de_acuerdo no_esta_mal nada_mal por_fin al_fin no_veo_la_hora muero_por con_ganas tengo_ganas
    hace_ilusion`,
  '1': `seguro fiel fieles confia confio confian* jaja jajaja jeje jiji jejeje jajajaja xd xdd xddd xdddd ok wow guau yuju olé correct* adecuad* razonable* barat* ahorr*
    cumpl* ayudaron ayudo atendieron interes recomiend* descans* divertirse cariño preferid* favorit* capaz merec* sorpres* `,
  '-1': `lent* dificil* tard* demor* retras* cansad* cansanci* aburr* dud* confus* complicad* falta faltan falto
    esperando olvid* problem* error* incident* averi* averiad* queja* queje reclam* cancel* devol* caro caros caras carisim* pague_de_mas
      perdon preocup* nervios* incomod* debil* lastima pobre* pobrecit* ojeras pereza flojera extrañ*
    ironic* absurd* sin_cobertura ni_siquiera a_medias todavia_espero sigo_esperando aun_espero sigo_sin seguimos_sin llevo_esperando
    ni_idea no_entiendo no_puedo no_pude no_pueden no_puede no_se_puede no_hay sin_respuesta por_que_no no_tengo no_me_deja no_llega no_ha_llegado`,
  '-1.9': `roto rota rotos rotas mentir* mentiros* miente* minti* mal mala malo malas malos malament* peor peores feo fea feos feas triste* tristez* llor* dolor* duel* dolid* enfad* enoj* molest* fastidi* harto harta hartos hartas
    hartaz* cabre* irrit* frustr* decepc* decepci* desilus* desesper* angusti* miedo* terror* susto asust* odi* rabi* furia furios*
    injust* injustici* engañ* mentir* minti* estaf* rob* robo fraud* timo tima timaron ladron* corrupt* corrupc* culpa* culpabl* fracas* falla* fallo fallos
    fallando rompi* rompe romper dañ* defectuos* caduc* suci* asquer* grosero* grosera* maleduc* prepotent* soberbi* arrogant* ignor* ignorant* inutil* inepto* inepta*
    incompet* irrespons* desastr* caos caotic* pesim* peligr* amenaz* violen* agres* golpe* herid* muert* muri* mata matar matan
    mataron mato asesin* crimen* criminal* delit* delincuent* guerra* enferm* fiebre gripe vomit* crisis pobreza hambre desemple*
    perdi* perder pierd* perdedor* derrot* vergon* vergüenz* verguenz* lament* lamentabl* arrepent* deprim* depresi* solit* abandon* traici* traid* celos envidi* hipocr* fals* farsa* farsant*
    tramp* abus* insult* ofend* ofensiv* humill* despreci* discrimin* machis* racis* homofob* acos* tortur* sufr* llanto* agon* tragedi* victima*
    ridicul* patetic* pena_ajena que_pena una_pena da_pena que_lastima pesad* insoportabl* insufribl* inaguantabl* tedio* tonter* tont*
    absurdo necio* terco* cruel* maldad* malvad* atropell* accident* catastrof* denunci* colaps* lentisim* carisim* malisim* cobran_de_mas cobraron_de_mas sobreprecio
    no_funciona no_funcionan no_sirve no_sirven no_me_gusta no_me_gusto no_vale no_contestan no_responden no_responde no_contesta no_atienden
    sin_servicio sin_luz sin_internet sin_agua sin_señal nadie_contesta nadie_responde nunca_mas me_duele que_mal muy_mal falta_de_respeto
    de_mal_en_peor perdida_de_tiempo perder_el_tiempo me_tienen_harto me_tienen_harta hasta_los_huevos hasta_el_coño me_cago fuera_de_servicio
    no_aguanto no_soporto ya_basta basta_ya dejen_de mala_atencion mal_servicio me_da_cosa no_puedo_mas un_horror`,
  '-2.8': `horribl* terribl* horros* horrend* espantos* fatal fatales nefast* asco* repugn* vomitiv* deplorabl* denigrant* pesimo pesima
    mierd* mierda* puta putas puto putos hijueput* hijo_de_puta hdp hijoputa gilipoll* cabron* imbecil* idiot* estupid* pendej* pelotud* jodid* jodan joden
     carajo culero* culera* malparid* gonorrea basura* porqueria* escoria* desgraciad* maldit* malnacid* cretin* miserabl* mugre* bazofia* infam* indign* indignant*
    intolerabl* inaceptabl* vergonzos* verguenza_ajena odio detest* aborrec* ladrones estafador* sinvergüenz* sinverguenz* caradur* canall* asqueroso* asesino* terrorist*
    lo_peor la_peor el_peor los_peores las_peores una_mierda vaya_mierda que_mierda que_asco da_asco dan_asco de_mierda un_desastre una_estafa un_robo una_verguenza vete_a_la`,
  '0': `super cara premier* confirm* odisea menta quiero quiere quieres quieren querer queria quisiera gustaria gustarian por_favor porfa porfavor buenos_dias buen_dia buenas_tardes buenas_noches
      pues_bueno o_sea mas_bien mejor_dicho mas_o_menos bien_que si_bien ni_bien mas_mal sol tipo tiempo listo lista solo nubes autor cortes frase frases suficiente puesto
    pasado negro negra ventilador mayor sentido espalda dios jesus claro derecho oferta multa miedoso mancha rapto sensible novela caprichoso fuego picante tapas cuchara
    temerario picado parcial loca loco locos locas locura cierto serio seria tesoro jura jurar carga cargas luchar lucha famoso activo firme fuerte
    valor permitir justo justa enorme golpe_de supuesto por_supuesto barras barrera bancadas importancia importante importantes resolver determinado propio
    negrita cubrir cargado residencias suelto nueces castigadora oro cielo resolucion libertad libertades justicia resistente aguante caro_que dejar esperar esperado
    esperan chistes promesa posibilidades oportunidad oportunidades dura duro duramente emergencia mental mentalidad mente mentes sentencia
    comprar muerto_de_risa muerta_de_risa muero_de_risa llorar_de_risa llorando_de_risa solucion* soluci* sola
       robot* robust* matar_el_tiempo solar* solament* solicit* solid* soldad* solt* solventar solvent* irania tardes tarde matricul* tontea iraní iran`,
  '3': `chingon* teamo teadoro maravilloso gozad* genialidad`,
  '2.3': `copad* bakan* flipant* chulo chula chulos chulas majo maja majos majas preciosur* hermosur* ricur* tqm tkm epic* mitic* apasionant*
    entretenid* orgullos* honor honrad* privilegi* dicha dichos* gozar gozando me_hace_feliz que_felicidad que_orgullo que_hermos*
    que_bonit* que_maravilla sueño_cumplido que_crack un_amor sos_lo_mas eres_lo_mas es_lo_mas un_exito todo_un_exito`,
  '1.5': `viva vivan vacaciones carcajad* aprecio aprecia* afortunad* con_cariño mi_amor amor_mio mi_vida anhel* aliviad* alivio anima animar anima animan
    ganadora ganadores campeonat* a_huevo muy_fan soy_fan buen_dia_a_todos buena_onda buena_vibra buen_rollo mucha_suerte buena_suerte
    mucho_exito que_risa me_rio me_parto se_agradece bien_hecho bien_ahi de_acuerdo_contigo`,
  '0.8': `corazon gracia respeto vamos fan`,
  '-0.8': `raro rara extraño_mucho te_extraño os_extraño los_extraño echo_de_menos echar_de_menos ya_no no_quiero no_puede_ser no_se_que
    lluvia nublado boludo weon ni_modo chale calor_de_mierda`,
  '-1.5': `agobi* estres* agotad* bajon bajonead* soledad cansin* cutre* rancio rancia casposo flojo floja mediocr* cobard* cobardia cateto inculto
    analfabet* bobo boba bobos payas* hueva jartera fome embole bronca truch* suspendi suspendido reprob* resfri* catarro
    migraña jaqueca pesadill* insomni* crisis castig* catastrof* deuda deudas pff puf puff pfff uff ufff buah_que_mal me_molesta me_agobia
    me_estresa me_aburr* me_deprime me_pone_triste me_da_miedo me_da_pena me_preocupa ni_loca ni_loco ni_en_pedo ni_de_coña no_hay_derecho
    no_es_justo no_es_normal no_merece se_acabo_la_paciencia sin_ganas sin_sentido sin_vergüenza sin_razon sin_motivo que_pereza que_flojera
    que_hueva que_rabia que_triste que_feo que_raro que_miedo que_dolor que_frio que_bronca ojala_pierd* ojala_te_muer* tan_caro muy_caro
    demasiado_caro`,
  '-2.2': `ruina ruinas apest* peste bodri* coñazo putad* cagad* cagar cagaron cago mamad* mamada chungo chunga penos* funest* plasta 
    garca hipocresia toxic* rencor* manipul* chantaj* bulo bulos censur* represion* dictadura* dictador* fascist* facha fachas nazi nazis
    golpist* saqueo saqueos saquean saquearon terroris* injusticia desgraci* cabread* me_jode me_joden me_da_rabia me_da_asco me_duele_el_alma me_rompe_el_corazon
    hartisim* tristisim* feisim* dolorosisim* aburridisim* carisimo cansadisim* odios* imperdonabl* lamentablement* desgraciadament* mafia*
    mafios* corruptel* sicari* narco* secuestr* violador* maltrat* feminicid* pederast* pedofil*`,
  '-3': `a_la_mierda al_carajo la_concha culiao culiad* hijo_puta hijos_de_puta hijas_de_puta malnacido asquead* vomito puta_mierda mierda_de
    pinche_asco pinches_rateros ratero* rateros tu_puta_madre chinga_tu_madre chinguen que_te_den te_odio los_odio las_odio lo_odio la_odio`,
};

export const SPANISH_NEGATORS = 'no nunca jamas ni sin tampoco nadie nada ningun ninguna ninguno';
export const SPANISH_CONTRASTS = 'pero sino embargo';
export const SPANISH_BOOSTERS = `muy mucho mucha muchos muchas muchisimo muchisima demasiado demasiada tan tanto tanta super mega ultra re bastante
  totalmente completamente absolutamente realmente verdaderamente extremadamente increiblemente sumamente mas pinche vaya que`;
export const SPANISH_DAMPENERS = 'poco algo casi apenas medio ligeramente relativamente parcialmente';
