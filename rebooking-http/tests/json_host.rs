//! A host that takes the JSON API alone, as `default-features = false` builds it.

#[cfg(test)]
mod tests {
    use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
    use http::{Request, Response, StatusCode};
    use http_body_util::BodyExt as _;
    use rebooking_core::presentation::BaseUrl;
    use rebooking_core::testing::World;
    use rebooking_core::value::ids::PartnerId;
    use rebooking_http::{HttpSettings, Principal, RebookingService, StaticTokens, service};
    use tower::ServiceExt as _;

    fn host(world: &World) -> RebookingService {
        let tokens = StaticTokens::default().with("token", Principal::Partner(PartnerId::new(5)));
        service(world.rebookings.clone(), HttpSettings::new(BaseUrl::default(), tokens))
    }

    async fn get(host: &RebookingService, path: &str) -> Response<String> {
        let request =
            Request::get(path).header(ACCEPT, "text/html").header(AUTHORIZATION, "Bearer token");
        let answer = host.clone().oneshot(request.body(String::new()).unwrap()).await.unwrap();
        let (parts, body) = answer.into_parts();
        let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        Response::from_parts(parts, text)
    }

    #[tokio::test]
    async fn the_api_is_served() {
        let world = World::new();
        let (declined, host) = (world.declined_booking().await, host(&world));
        let shown = format!("/api/rebook/{}", declined.link.expose());
        for path in [&shown, "/api/partner/rebookings", "/healthz"] {
            let answer = get(&host, path).await;
            assert_eq!(answer.status(), StatusCode::OK, "{path}: {}", answer.body());
            assert_eq!(answer.headers()[CONTENT_TYPE], "application/json", "{path}");
            assert!(answer.body().starts_with(r#"{"success":true"#), "{}", answer.body());
        }
    }

    #[cfg(not(feature = "pages"))]
    #[tokio::test]
    async fn there_is_no_page_and_whoever_asks_for_one_is_told_so_as_json() {
        let world = World::new();
        let (declined, host) = (world.declined_booking().await, host(&world));
        let link = declined.link.expose();
        for path in
            [&format!("/rebook/{link}"), "/partner", "/support", "/sign-in", "/docs", "/style/x"]
        {
            let answer = get(&host, path).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}: {}", answer.body());
            assert!(answer.body().contains(r#""code":"not_found""#), "{path}: {}", answer.body());
        }
    }
}
