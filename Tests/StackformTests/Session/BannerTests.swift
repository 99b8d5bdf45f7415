import Planner
import Testing

@testable import Stackform

/// One line that says where a run goes.
struct BannerTests {
  private let production = Target(
    profile: "production", account: "333333333333", region: "eu-west-1", isProtected: true,
    caller: "arn:aws:sts::333333333333:assumed-role/deployer/stackform")
  private let local = Target(
    account: "000000000000", region: "us-east-1", endpoint: "http://localhost:4566", isDisposable: true)

  @Test func `it says profile, account, region and endpoint`() {
    let banner = Banner(style: .plain)
    #expect(
      banner.render(local, stack: "shop")
        == "shop | profile local | account 000000000000 | us-east-1 | http://localhost:4566")
    #expect(
      banner.render(production) == "profile production (protected) | account 333333333333 | eu-west-1 | AWS")
    #expect(
      Banner(style: .plain, isVerbose: true).render(production).hasSuffix(
        "AWS\nas arn:aws:sts::333333333333:assumed-role/deployer/stackform"))
  }

  @Test func `a protected place stands out in colour`() {
    let style = TerminalStyle(hasColour: true, symbols: .ascii)
    #expect(Banner(style: style).render(production).contains("\u{1B}[1;31mprofile production (protected)"))
    #expect(Banner(style: style).render(local).contains("\u{1B}[32mprofile local"))
  }

  @Test func `machines get the same facts`() {
    #expect(
      production.jsonValue == [
        "profile": "production", "account": "333333333333", "region": "eu-west-1", "endpoint": .null,
        "protected": true, "disposable": false,
        "caller": "arn:aws:sts::333333333333:assumed-role/deployer/stackform",
      ])
  }
}
