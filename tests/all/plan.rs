//! Plans: what the facts derive, stated by hand; how the tree looks; that the pictures are well-formed; and that no input is too odd.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::support::{mixlint, project, root, stderr, stdout};

/// The plan of a fixture as JSON, by the name of the collection.
fn plan(fixture: &str, arguments: &[&str]) -> Vec<Value> {
    let output = mixlint(&root(), &[&["plan", "--in", fixture, "--format", "json"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("a list")
}

fn planned(files: &[(&str, &str)], arguments: &[&str]) -> (String, String, Option<i32>) {
    let folder = project(files);
    let output = mixlint(folder.path(), &[&["plan"], arguments].concat());
    (stdout(&output), stderr(&output), output.status.code())
}

fn answers(files: &[(&str, &str)]) -> Vec<Value> {
    let (out, err, code) = planned(files, &["--format", "json"]);
    assert_eq!(code, Some(0), "{err}");
    serde_json::from_str(&out).expect("a list")
}

fn of<'v>(plan: &'v [Value], name: &str) -> &'v Value {
    plan.iter().find(|one| one["collection_name"] == name).unwrap_or_else(|| panic!("{name} is not planned"))
}

/// The names and types of a schema's fields, in their order.
fn fields(schema: &Value) -> Vec<String> {
    let properties = schema["properties"].as_object().expect("properties");
    let mut fields: Vec<String> =
        properties.iter().map(|(name, field)| format!("{name} {}", field["type"].as_str().unwrap_or("-"))).collect();
    fields.sort();
    fields
}

fn words(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    lines.sort();
    lines
}

fn vectors(answer: &Value) -> Vec<(String, String, u64)> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let indexes = answer["vector_indexes"].as_array().expect("a list");
    let facts = |index: &Value| {
        assert_eq!((&index["type"], &index["index"]["distance"]), (&json!("single"), &json!("cosine")));
        (text(&index["index"]["name"]), text(&index["feature_uri"]), index["index"]["dimensions"].as_u64().unwrap_or(0))
    };
    indexes.iter().map(facts).collect()
}

fn vector(name: &str, uri: &str, dimensions: u64) -> (String, String, u64) {
    (name.to_owned(), uri.to_owned(), dimensions)
}

const PIPELINE: &str = "fixtures/plan/video-pipeline";

#[test]
fn a_three_tier_pipeline_is_what_the_facts_derive() {
    let plan = plan(PIPELINE, &[]);
    let names: Vec<&Value> = plan.iter().map(|answer| &answer["collection_name"]).collect();
    assert_eq!(names, ["segments", "transcripts", "faces"], "sources first");

    let segments = of(&plan, "segments");
    assert_eq!(fields(&segments["input_schema"]), ["duration number", "file video", "metadata object"]);
    let expected = "
        video_title string
        language string
        start_time number
        end_time number
        start_frame integer
        end_frame integer
        fps number
        source_fps number
        duration number
        transcription string
        description string
        ocr_text string
        json_output object
        thumbnail_url string
        source_video_url string
        video_segment_url string
        multimodal_extractor_v1_multimodal_embedding array
        multimodal_extractor_v1_transcription_embedding array
        internal_metadata object
        source_audio_url string";
    assert_eq!(fields(&segments["output_schema"]), words(expected));
    let pictures = "mixpeek://multimodal_extractor@v1/vertex_multimodal_embedding";
    let speech = "mixpeek://multimodal_extractor@v1/multilingual_e5_large_instruct_v1";
    let expected = [
        vector("multimodal_extractor_v1_multimodal_embedding", pictures, 1408),
        vector("multimodal_extractor_v1_transcription_embedding", speech, 1024),
    ];
    assert_eq!(vectors(segments), expected);
    assert_eq!(segments["taxonomy_applications"], json!([{ "taxonomy_id": "tax_genres" }]));
    assert_eq!(segments["source"], json!({ "type": "bucket", "bucket_ids": ["videos"] }));

    let transcripts = of(&plan, "transcripts");
    assert_eq!(fields(&transcripts["input_schema"]), fields(&segments["output_schema"]));
    let passed = ["video_title string", "clip string", "start_time number"];
    assert!(passed.iter().all(|field| fields(&transcripts["output_schema"]).contains(&(*field).to_owned())));
    let text = vector("text_extractor_v1_embedding", "mixpeek://text_extractor@v1/multilingual_e5_large_instruct_v1", 1024);
    assert_eq!(vectors(transcripts), [text]);

    let faces = of(&plan, "faces");
    assert_eq!(fields(&faces["input_schema"]), fields(&transcripts["output_schema"]));
    let expected = "
        video_title string
        start_time number
        face_identity_extractor_v1_embedding array
        face_index integer
        bbox object
        detection_score number
        landmarks object
        quality_score number
        quality_components object
        face_crop_url string
        aligned_face_crop string
        source_frame_thumbnail string
        source_frame_width integer
        source_frame_height integer
        frame_number integer
        timestamp number
        page_number integer
        embedding_model string
        detection_model string
        processing_time_ms number
        faces array";
    assert_eq!(fields(&faces["output_schema"]), words(expected));
    let face = vector("face_identity_extractor_v1_embedding", "mixpeek://face_identity_extractor@v1/insightface__arcface", 512);
    assert_eq!(vectors(faces), [face]);
    let indexes = json!([{ "field_name": "video_title", "type": "keyword" }, { "field_name": "start_time", "type": "float" }]);
    assert_eq!(faces["payload_indexes"], indexes, "those of the namespace that are over its fields");

    let enabled: Vec<&Value> = plan.iter().map(|answer| &answer["enabled"]).collect();
    assert_eq!(enabled, [true, true, false]);
    for (answer, depth) in plan.iter().zip(1..) {
        let lineage = answer["source_lineage"].as_array().expect("a lineage");
        assert_eq!(lineage.len(), depth, "the length of the lineage is the tier");
        for (entry, of) in lineage.iter().zip(&plan) {
            assert_eq!(entry["output_schema"], of["output_schema"]);
            assert_eq!(entry["feature_extractor"], of["feature_extractor"]);
            assert_eq!(entry["source_config"], of["source"]);
        }
    }
}

#[test]
fn the_storefront_is_what_the_facts_derive() {
    let plan = plan("fixtures/storefront", &[]);
    let tiers: Vec<(&str, usize)> = plan
        .iter()
        .map(|answer| {
            (answer["collection_name"].as_str().expect("a name"), answer["source_lineage"].as_array().map_or(0, Vec::len))
        })
        .collect();
    let expected = [("gallery", 1), ("product_images", 1), ("product_titles", 1), ("review_text", 1), ("review_topics", 2)];
    assert_eq!(tiers, expected);

    let images = of(&plan, "product_images");
    let expected = "
        sku string
        brand -
        title string
        image_extractor_v1_embedding array
        processing_time_ms number
        thumbnail_url string
        page_number integer
        total_pages integer";
    assert_eq!(fields(&images["output_schema"]), words(expected));
    let uri = "mixpeek://image_extractor@v1/google_siglip_base_v1";
    assert_eq!(vectors(images), [vector("image_extractor_v1_embedding", uri, 768)]);
    assert_eq!(images["input_schema"]["properties"]["sku"], json!({ "type": "string", "required": true }));
    assert_eq!(images["warnings"], json!([]));

    let gallery = of(&plan, "gallery");
    assert!(gallery.get("input_schema").is_none(), "what is not known is left out");
    assert_eq!(gallery["warnings"], json!(["It reads `product`: nothing has this name."]));

    let topics = of(&plan, "review_topics");
    assert_eq!(fields(&topics["input_schema"]), fields(&of(&plan, "review_text")["output_schema"]));
    let input = &topics["input_schema"]["properties"];
    assert_eq!((&input["rating"]["type"], &input["name"]["type"]), (&json!("integer"), &json!("string")));
}

/// The keys of the service's answer to a collection.
const ANSWER_KEYS: [&str; 42] = [
    "collection_id",
    "collection_name",
    "description",
    "input_schema",
    "output_schema",
    "feature_extractor",
    "source",
    "source_bucket_schemas",
    "source_lineage",
    "index_map",
    "vector_indexes",
    "payload_indexes",
    "embedding_task",
    "enabled",
    "disabled_reason",
    "metadata",
    "schedule",
    "trigger_id",
    "created_at",
    "updated_at",
    "lifecycle_state",
    "s3_vector_index",
    "last_lifecycle_transition",
    "tiering_rules",
    "tiering",
    "document_count",
    "schema_version",
    "last_schema_sync",
    "schema_sync_enabled",
    "document_schema",
    "schema_validation",
    "taxonomy_applications",
    "cluster_applications",
    "alert_applications",
    "retriever_enrichments",
    "retriever_transform",
    "vector_count",
    "taxonomy_count",
    "retriever_count",
    "indexing_status",
    "indexing_status_scoped",
    "warnings",
];

#[test]
fn the_answer_has_no_key_that_the_service_has_not() {
    for answer in plan(PIPELINE, &[]).iter().chain(&plan("fixtures/storefront", &[])) {
        for (key, value) in answer.as_object().expect("an object") {
            assert!(ANSWER_KEYS.contains(&key.as_str()), "{key}");
            assert!(!value.is_null(), "{key} is left out when it is not known");
        }
    }
}

#[test]
fn the_tree_looks_like_this() {
    let output = mixlint(&root(), &["plan", "--in", PIPELINE, "transcripts"]);
    insta::assert_snapshot!(stdout(&output));
}

const BUCKET: &str = "bucket_name: b\nbucket_schema: { properties: { text: { type: text }, file: { type: video }, n: { type: object, properties: { a: { type: string } } } } }\n";

fn collection(name: &str, source: &str, extractor: &str) -> String {
    format!("collection_name: {name}\nsource: {source}\nfeature_extractor: {extractor}\n")
}

/// The plan of one collection that reads the bucket with this extractor.
fn with(extractor: &str) -> Value {
    let text = collection("one", "{ type: bucket, bucket_ids: [b] }", extractor);
    answers(&[("b.yaml", BUCKET), ("c.yaml", &text)]).remove(0)
}

#[test]
fn parameters_decide_which_vectors_there_are() {
    let names = |extractor: &str| -> Vec<(String, u64)> {
        vectors(&with(extractor)).into_iter().map(|(name, _, dimensions)| (name, dimensions)).collect()
    };
    let video = |parameters: &str| {
        names(&format!(
            "{{ feature_extractor_name: multimodal_extractor, version: v1, input_mappings: {{ video: file }}, parameters: {parameters} }}"
        ))
    };
    let (pictures, speech) =
        ("multimodal_extractor_v1_multimodal_embedding".to_owned(), "multimodal_extractor_v1_transcription_embedding".to_owned());
    assert_eq!(video("{}"), [(pictures.clone(), 1408)], "only the default");
    assert_eq!(video("{ run_transcription_embedding: true }"), [(pictures, 1408), (speech.clone(), 1024)]);
    assert_eq!(video("{ run_multimodal_embedding: false, run_transcription_embedding: true }"), [(speech, 1024)]);

    let v2 = "{ feature_extractor_name: multimodal_extractor, version: v2, input_mappings: { video: file }, parameters: { output_dimensionality: 768 } }";
    assert_eq!(names(v2), [("multimodal_extractor_v2_multimodal_embedding".to_owned(), 768)]);

    let text = |model: &str| {
        with(&format!(
            "{{ feature_extractor_name: text_extractor, version: v1, input_mappings: {{ text: text }}, parameters: {{ embedding_model: {model} }} }}"
        ))
    };
    let other = text("google_siglip_base_v1");
    let uri = "mixpeek://text_extractor@v1/google_siglip_base_v1";
    assert_eq!(vectors(&other), [vector("text_extractor_v1_embedding", uri, 768)]);
    assert!(other["warnings"].to_string().contains("deduced from the model"), "{}", other["warnings"]);
    for unknown in ["\"{{ model }}\"", "model-of-tomorrow"] {
        let answer = text(unknown);
        assert_eq!(vectors(&answer), [vector("text_extractor_v1_embedding", "-", 0)], "nothing is invented");
        assert!(answer["warnings"].to_string().contains("The index of `text_extractor_v1_embedding`"));
    }

    let ready = with(
        "{ feature_extractor_name: passthrough_extractor, version: v1, include_all_source_fields: true, parameters: { vector_fields: [{ field: n.a, name: mine, dimensions: 12 }] } }",
    );
    assert_eq!(vectors(&ready), [vector("mine", "-", 12)]);
}

#[test]
fn what_is_not_known_is_said() {
    let said = |extractor: &str| with(extractor)["warnings"].to_string();
    let own = "{ feature_extractor_name: my_plugin, version: 1.0.0, input_mappings: { text: text } }";
    assert!(said(own).contains("`my_plugin` 1.0.0 is not in the catalogue"), "{}", said(own));
    assert_eq!((vectors(&with(own)), fields(&with(own)["output_schema"])), (vec![], vec![]));
    let unsaid = "{ feature_extractor_name: multimodal_extractor, input_mappings: { video: file } }";
    assert!(said(unsaid).contains("its version is not said"), "{}", said(unsaid));
    let shaped = "{ feature_extractor_name: text_extractor, version: v1, input_mappings: { text: text }, parameters: { response_shape: { mood: string } } }";
    assert!(said(shaped).contains("`response_shape` makes"), "{}", said(shaped));
}

#[test]
fn origins_are_told_in_words() {
    let text = "collection_name: c\nsource: { type: bucket, bucket_ids: [b] }\nfeature_extractor:\n  \
        feature_extractor_name: text_extractor\n  version: v1\n  input_mappings: { text: text }\n  include_all_source_fields: true\n  \
        field_passthrough: [{ source_path: n.a }, { source_path: n.z }, { source_path: file, target_path: clip }]\n";
    let (tree, ..) = planned(&[("b.yaml", BUCKET), ("c.yaml", text)], &[]);
    for line in [
        "      a                            string   from `n.a`",
        "      z                            unknown  from `n.z`, which its source does not declare",
        "      clip                         video    from `file`",
        "    passed through with all source fields",
        "      file                         video    if its new name `clip` does not replace it",
        "      heading_path                 array    only when `split_by` is `markdown`",
        "      chunk_text                   string   not certain",
    ] {
        assert!(tree.lines().any(|found| found == line), "{line}\n{tree}");
    }
}

#[test]
fn all_extractors_of_an_outdated_body_are_planned() {
    let text = "collection_name: c\nsource: { type: bucket, bucket_id: b }\nfeature_extractors:\n  \
        - { feature_extractor_name: text_extractor, version: v1, input_mappings: { text: text } }\n  \
        - { feature_extractor_name: multimodal_extractor, version: v1, input_mappings: { video: file } }\n";
    let answer = answers(&[("b.yaml", BUCKET), ("c.yaml", text)]).remove(0);
    assert_eq!(vectors(&answer).len(), 2);
    assert!(answer.get("feature_extractor").is_none(), "the answer has room for one");
    let output = fields(&answer["output_schema"]);
    assert!(output.contains(&"transcription string".to_owned()) && output.contains(&"heading_path array".to_owned()));
}

#[test]
fn a_saved_answer_knows_best() {
    let saved = r#"{ "collection_id": "col_1", "collection_name": "c", "created_at": "2026-01-01T00:00:00Z",
        "source": { "type": "bucket", "bucket_ids": ["b"] },
        "feature_extractor": { "feature_extractor_name": "text_extractor", "version": "v1", "feature_extractor_id": "text_extractor_v1" },
        "output_schema": { "properties": { "mood": { "type": "string" } } } }"#;
    let files = [("b.yaml", BUCKET), ("c.json", saved)];
    let answer = answers(&files).remove(0);
    assert_eq!((fields(&answer["output_schema"]), &answer["collection_id"]), (vec!["mood string".to_owned()], &json!("col_1")));
    let (tree, ..) = planned(&files, &["col_1"]);
    assert!(tree.contains("as the saved answer lists them") && tree.contains("a saved answer"), "{tree}");
}

#[test]
fn a_manifest_is_planned() {
    let text = "version: \"1.0\"\nmetadata: { name: m }\nnamespaces: [{ name: ns, payload_indexes: [{ field_name: text, type: text }] }]\n\
        buckets: [{ name: b, namespace: ns, schema: { properties: { text: { type: text } } } }]\n\
        collections: [{ name: c, namespace: ns, source: { type: bucket, bucket_ids: [b] }, feature_extractor: { name: text_extractor, version: v1, \
        input_mappings: { text: text }, field_passthrough: [{ source_path: text }] } }]\n";
    let files = [("manifest.yaml", text)];
    let answer = answers(&files).remove(0);
    assert_eq!(answer["payload_indexes"], json!([{ "field_name": "text", "type": "text" }]));
    let (mermaid, ..) = planned(&files, &["--format", "mermaid"]);
    assert!(mermaid.contains("subgraph namespace0[\"namespace ns\"]"), "{mermaid}");
}

#[test]
fn several_sources_are_all_told() {
    let other = "bucket_name: d\nbucket_schema: { properties: { text: { type: text } } }\n";
    let text = collection(
        "c",
        "{ type: bucket, bucket_ids: [b, d] }",
        "{ feature_extractor_name: text_extractor, version: v1, input_mappings: { text: text } }",
    );
    let files = [("b.yaml", BUCKET), ("d.yaml", other), ("c.yaml", text.as_str())];
    let answer = answers(&files).remove(0);
    let schemas = answer["source_bucket_schemas"].as_object().expect("schemas");
    assert_eq!(schemas.keys().collect::<Vec<_>>(), ["b", "d"]);
    let (tree, ..) = planned(&files, &[]);
    assert!(tree.contains("d  bucket, 1 field\n└─ c  (see above)"), "{tree}");
    assert!(tree.contains("b, d → c  (tier 1)"), "{tree}");
}

const TEXT: &str = "{ feature_extractor_name: text_extractor, version: v1, input_mappings: { text: text } }";

#[test]
fn circles_are_said_and_end() {
    let reads = |name: &str, source: &str| collection(name, &format!("{{ type: collection, collection_id: {source} }}"), TEXT);
    let (first, second, after, own) =
        (reads("first", "second"), reads("second", "first"), reads("after", "first"), reads("own", "own"));
    let files = [("a.yaml", first.as_str()), ("b.yaml", &second), ("c.yaml", &after), ("d.yaml", &own)];
    let plan = answers(&files);
    assert!(plan.iter().all(|answer| answer.get("source_lineage").is_none()));
    assert!(of(&plan, "first")["warnings"].to_string().contains("It reads itself in a circle (first ← second ← first)"));
    assert!(of(&plan, "own")["warnings"].to_string().contains("It reads itself in a circle (own ← own)"));
    assert!(of(&plan, "after")["warnings"].to_string().contains("Its tier is not known"));
    for format in ["tree", "mermaid", "dot"] {
        let (out, _, code) = planned(&files, &["--format", format]);
        assert!(code == Some(0) && out.contains("after"), "{out}");
    }
}

#[test]
fn names_choose_and_slips_are_said() {
    let names = |arguments: &[&str]| -> Vec<String> {
        let plan = plan(PIPELINE, arguments);
        plan.iter().map(|answer| answer["collection_name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names(&["faces"]), ["faces"]);
    assert_eq!(names(&["videos"]), ["segments", "transcripts", "faces"], "all that the bucket feeds");
    assert_eq!(names(&["faces", "segments"]), ["segments", "faces"]);
    let run = |arguments: &[&str]| {
        let output = mixlint(&root(), &[&["plan"], arguments].concat());
        (stdout(&output), stderr(&output), output.status.code())
    };
    let slip = run(&["--in", PIPELINE, "facse"]);
    let said = "mixlint: no collection and no bucket has the name `facse`. Did you mean `faces`?\n";
    assert_eq!(slip, (String::new(), said.to_owned(), Some(2)));
    let (_, said, code) = run(&["--in", PIPELINE, "fixtures/storefront"]);
    assert!(said.contains("write `mixlint plan --in fixtures/storefront`") && code == Some(2), "{said}");
    let file = run(&["--in", "fixtures/storefront/buckets/reviews.yaml", "--format", "mermaid"]).0;
    assert!(file.contains("review_topics") && !file.contains("gallery"), "{file}");
}

#[test]
fn what_check_finds_is_said() {
    let output = mixlint(&root(), &["plan", "--in", "fixtures/storefront"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("`mixlint check` finds 2 errors and 4 warnings here"), "{}", stderr(&output));
    assert_eq!(planned(&[("notes.txt", "nothing")], &[]).2, Some(3));
    assert_eq!(planned(&[("b.yaml", BUCKET)], &[]).2, Some(3));
}

/// A name with all that means something to a drawing tool or a terminal.
const ODD: &str = "a\"b#c;<d>&`e`\\\\\\n|]\\u001b[31m";

#[test]
fn pictures_are_well_formed_whatever_the_names() {
    let text = format!(
        "{{ \"collection_name\": \"{ODD}\", \"source\": {{ \"type\": \"bucket\", \"bucket_ids\": [\"{ODD}\", \"<your bucket>\"] }}, \
         \"feature_extractor\": {{ \"feature_extractor_name\": \"{ODD}\", \"version\": \"v1\", \"input_mappings\": {{ \"{ODD}\": \"{ODD}\" }}, \
         \"field_passthrough\": [{{ \"source_path\": \"{ODD}\" }}] }} }}"
    );
    let files = [("c.json", text.as_str())];
    for format in ["tree", "mermaid", "dot"] {
        let (out, err, code) = planned(&files, &["--format", format]);
        assert_eq!(code, Some(0), "{err}");
        assert!(!out.contains('\u{1b}'), "{format}: {out}");
    }
    let (mermaid, ..) = planned(&files, &["--format", "mermaid"]);
    for line in mermaid.lines().filter(|line| line.contains('"')) {
        assert_eq!(line.matches('"').count(), 2, "{line}");
    }
    let (dot, ..) = planned(&files, &["--format", "dot"]);
    assert_eq!(dot.matches('{').count(), dot.matches('}').count());
    for line in dot.lines() {
        let quotes = line.replace("\\\\", "").replace("\\\"", "").matches('"').count();
        assert!(quotes % 2 == 0, "{line}");
    }
}

/// A chain of any length is planned, and what is printed grows with the project and no faster.
#[test]
fn plans_grow_with_the_project() {
    let project = |count: usize, is_chain: bool| {
        let mut text = String::from(BUCKET);
        for number in 0..count {
            let above = format!("{{ type: collection, collection_id: c{:04} }}", number.saturating_sub(1));
            let source = if is_chain && number > 0 { &above } else { "{ type: bucket, bucket_ids: [b] }" };
            write!(text, "---\n{}", collection(&format!("c{number:04}"), source, TEXT)).expect("written");
        }
        text
    };
    for is_chain in [false, true] {
        for format in ["tree", "json", "mermaid", "dot"] {
            let length = |count: usize| {
                let (out, err, code) = planned(&[("all.yaml", &project(count, is_chain))], &["--format", format]);
                assert_eq!(code, Some(0), "{err}");
                assert!(out.contains(&format!("c{:04}", count - 1)));
                out.len()
            };
            let (some, twice) = (length(1000), length(2000));
            assert!(twice < some * 9 / 4, "{format}: {some} and {twice} bytes");
        }
    }
}
