using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace MedTune.Tests.House;

/// <summary>The naming rules of docs/glossary.md, for types, files and folders.</summary>
public sealed partial class NamingTests
{
    private static readonly string[] BannedWords =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Common", "Core", "Misc", "Impl", "Processor", "Wrapper", "Info"];

    private static readonly string[] CodeFolders = ["src", "tests", "benchmarks", "tools"];

    [Fact]
    public void Types_HaveNoBannedWord()
    {
        IEnumerable<string> names = ProjectFile.All
            .Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal) || project.Name == "MedTune.Tests")
            .SelectMany(project => Assembly.Load(project.Name).GetTypes())
            .Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null && type.FullName!.StartsWith("MedTune", StringComparison.Ordinal))
            .Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal))
            .Select(type => type.Name.Split('`')[0]);
        HouseRule.Holds("Types need names that say what they are (docs/glossary.md):", names.Where(IsBanned).Distinct());
    }

    [Fact]
    public void FilesAndFolders_HaveNoBannedWord()
    {
        IEnumerable<string> parts = Repository.Files
            .SelectMany(file => file.Split('/'))
            .SelectMany(part => part.Split('.', '-', '_', ' '))
            .Distinct(StringComparer.Ordinal);
        HouseRule.Holds("Files and folders need names that say what they hold (docs/glossary.md):", parts.Where(IsBanned));
    }

    [Fact]
    public void SourceFiles_HoldOnePublicType_AndAreNamedAfterTheirType()
    {
        IEnumerable<string> faults = Repository.SourceFiles(CodeFolders)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => FaultOf(file, Repository.Read(file)))
            .OfType<string>();
        HouseRule.Holds("One public type per file, and the file named after it:", faults);
    }

    [Theory]
    [InlineData("DataManager", true)]
    [InlineData("ModelInfo", true)]
    [InlineData("MathUtils", true)]
    [InlineData("LayerBase", true)]
    [InlineData("core", true)]
    [InlineData("Score", false)]
    [InlineData("Information", false)]
    [InlineData("Database", false)]
    public void IsBanned_Word_IsFoundAsAWholeWord(string name, bool banned) => Assert.Equal(banned, IsBanned(name));

    [Theory]
    [InlineData("A.cs", "public sealed class A;\npublic sealed class B;", "A.cs holds 2 public types: A, B")]
    [InlineData("A.cs", "public sealed class B;", "A.cs holds B: name the file after its type")]
    [InlineData("TensorOfT.cs", "public sealed class Tensor<T>;", null)]
    [InlineData("Plan.Json.cs", "public sealed partial record Plan;", null)]
    [InlineData("A.cs", "public readonly record struct A(int X);\ninternal sealed class C;", null)]
    [InlineData("Program.cs", "return 0;", null)]
    public void FaultOf_File_IsNamed(string file, string text, string? fault) => Assert.Equal(fault, FaultOf(file, text));

    private static string? FaultOf(string file, string text)
    {
        IReadOnlyList<SourceFile.DeclaredType> types = SourceFile.TypesIn(text);
        SourceFile.DeclaredType[] open = [.. types.Where(type => type.IsPublic).DistinctBy(type => (type.Name, type.IsGeneric))];
        if (open.Length > 1)
        {
            return $"{file} holds {open.Length} public types: {string.Join(", ", open.Select(type => type.Name))}";
        }

        SourceFile.DeclaredType[] candidates = open.Length == 1 ? open : [.. types.Where(type => !type.IsFileLocal)];
        return candidates.Length == 0 || candidates.Any(type => SourceFile.IsNamedAfter(file, type))
            ? null
            : $"{file} holds {string.Join(", ", candidates.Select(type => type.Name))}: name the file after its type";
    }

    private static bool IsBanned(string name) =>
        Words().Matches(name).Any(word => BannedWords.Contains(word.Value, StringComparer.OrdinalIgnoreCase)) ||
        (name.EndsWith("Base", StringComparison.Ordinal) && name.Length > 4);

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")]
    private static partial Regex Words();
}
