namespace Orchestra.Sdk.Tests;

public class SnapshotTests
{
    private string _folder = "";

    private string Accepted => Path.Combine(_folder, "A.B.verified.txt");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("snapshot").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Fails_when_the_snapshot_is_missing_and_writes_nothing()
    {
        string? difference = Snapshot.Compare("one", Accepted, isAccepting: false);

        Assert.That(difference, Does.StartWith("There is no snapshot A.B.verified.txt").And.EndWith("+ one\n"));
        Assert.That(difference, Does.Contain("UPDATE_SNAPSHOTS=1"));
        Assert.That(Directory.EnumerateFiles(_folder), Is.Empty);
    }

    [Test]
    public void Fails_with_the_changed_lines_and_writes_nothing()
    {
        File.WriteAllText(Accepted, "one\ntwo\n");

        string? difference = Snapshot.Compare("one\nthree\n", Accepted, isAccepting: false);

        Assert.That(difference, Does.EndWith("  one\n- two\n+ three\n  \n"));
        Assert.That(File.ReadAllText(Accepted), Is.EqualTo("one\ntwo\n"));
    }

    [Test]
    public void Sees_a_change_of_white_space()
    {
        File.WriteAllText(Accepted, "if\n    then");

        Assert.That(Snapshot.Compare("if\n  then", Accepted, isAccepting: false), Is.Not.Null);
    }

    [Test]
    public void Takes_the_same_text_with_other_line_ends()
    {
        File.WriteAllText(Accepted, "one\r\ntwo\n");

        Assert.That(Snapshot.Compare("one\ntwo\r\n", Accepted, isAccepting: false), Is.Null);
    }

    [Test]
    public void Accepts_a_new_text_when_asked_to()
    {
        File.WriteAllText(Accepted, "one");

        Assert.That(Snapshot.Compare("two\r\n", Accepted, isAccepting: true), Is.Null);
        Assert.That(File.ReadAllText(Accepted), Is.EqualTo("two\n"));
    }

    [TestCase("Greeter.g.cs", "SnapshotTests.Made#Greeter.g.verified.cs")]
    [TestCase("schema.json", "SnapshotTests.Made#schema.verified.json")]
    [TestCase(".txt", "SnapshotTests.Made.verified.txt")]
    public void Names_the_file_after_the_test(string hint, string expected)
    {
        string source = Path.Combine(_folder, "SnapshotTests.cs");

        Assert.That(Snapshot.PathOf(source, "Made", hint), Is.EqualTo(Path.Combine(_folder, expected)));
    }

    [Test]
    public void Finds_the_snapshot_beside_the_source() => Snapshot.Match("The accepted text.\n");
}
