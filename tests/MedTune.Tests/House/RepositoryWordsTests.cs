using System.Text.RegularExpressions;

namespace MedTune.Tests.House;

/// <summary>Words that must not be in the repository: traces of one machine, and marks of unfinished work.</summary>
public sealed class RepositoryWordsTests
{
    // Put together from pieces, so that this file does not hold the words it looks for.
    private static readonly (string Reason, Regex Pattern)[] Anywhere =
    [
        ("a path of one machine", new Regex($"(?<![A-Za-z0-9_.])/(?:{string.Join('|', "wo" + "rk", "ho" + "me", "ro" + "ot", "Us" + "ers")})/[A-Za-z0-9._]")),
        ("a path of one machine", new Regex(@"\b[A-Z]:\\" + "Us" + @"ers\\")),
        ("the host of a package registry", new Regex("//[a-z0-9.-]*(?:" + "nu" + "get|registry" + @"\.np" + "m|deb" + @"\.deb" + "ian)")),
    ];

    private static readonly (string Reason, Regex Pattern)[] InCode =
    [
        ("unfinished work", new Regex($@"\b(?:{string.Join('|', "NotImplemented" + "Exception", "TO" + "DO", "FIX" + "ME", "HA" + "CK")})\b")),
        ("a test left out", new Regex(@"\b(?:Fact|Theory)\s*\(\s*Sk" + "ip")),
    ];

    private static readonly string[] BinaryEndings = [".onnx", ".gz", ".npy", ".npz", ".png", ".pb", ".bin", ".safetensors", ".ico"];

    [Fact]
    public void Files_NameNoMachineAndNoRegistry()
    {
        IEnumerable<string> texts = Repository.Files.Where(file => !BinaryEndings.Contains(Path.GetExtension(file), StringComparer.Ordinal));
        HouseRule.Holds("The repository names no machine and no registry host:", texts.SelectMany(file => Findings(file, Repository.Read(file), Anywhere)));
    }

    [Fact]
    public void Code_HasNoMarksOfUnfinishedWork()
    {
        IEnumerable<string> sources = Repository.SourceFiles("src", "tests", "benchmarks", "tools");
        HouseRule.Holds("Finish it, or take it out:", sources.SelectMany(file => Findings(file, Repository.Read(file), InCode)));
    }

    [Fact]
    public void Findings_MachinePath_IsNamedWithItsLine()
    {
        string text = "first line\nsee /" + "home/someone/file.csv";
        Assert.Equal(["x.md:2: a path of one machine"], Findings("x.md", text, Anywhere));
        Assert.Empty(Findings("x.md", "src/" + "work/file and a /" + "work of its own", Anywhere));
    }

    private static List<string> Findings(string file, string text, (string Reason, Regex Pattern)[] rules)
    {
        List<string> found = [];
        string[] lines = text.Split('\n');
        for (int line = 0; line < lines.Length; line++)
        {
            found.AddRange(rules.Where(rule => rule.Pattern.IsMatch(lines[line])).Select(rule => $"{file}:{line + 1}: {rule.Reason}"));
        }

        return found;
    }
}
