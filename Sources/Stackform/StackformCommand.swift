/// The program: arguments in, exit code out.
@main
struct StackformCommand {
  static func main() async {}
}
