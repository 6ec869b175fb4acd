using MedTune.Data;
using MedTune.Tests.House;

namespace MedTune.Tests.Models;

/// <summary>Catalogue files: the built-in one, and what people write.</summary>
public sealed class ModelCatalogueTests : IDisposable
{
    private const string Whole =
        """{ "name": "mine", "description": "d", "architecture": "a", "modality": "m", "file": "mine.onnx", "size": 5, "sha256": "SHA", "licence": "MIT" }""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void BuiltIn_Entries_AreSortedAndFound()
    {
        var catalogue = ModelCatalogue.BuiltIn();
        Assert.Equal(["mobilenet-v1-0.25", "mobilenet-v1-0.75", "squeezenet-1.1"], catalogue.Entries.Select(entry => entry.Name));
        Assert.Equal("BSD-2-Clause", catalogue.Find("squeezenet-1.1").Licence);
        Assert.Contains("there are mobilenet-v1-0.25", Assert.Throws<PlanException>(() => catalogue.Find("resnet18")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BuiltIn_Entries_AreTheSharedFiles()
    {
        string folder = Path.Combine(Path.GetDirectoryName(Repository.Root)!, "shared", "models");
        var store = new ModelStore(folder);
        foreach (var entry in ModelCatalogue.BuiltIn().Entries.Where(entry => File.Exists(store.PathOf(entry))))
        {
            Assert.True(store.IsWhole(entry), entry.Name);
        }
    }

    [Fact]
    public void With_OwnEntry_StandsBesideAndInPlaceOfBuiltInOnes()
    {
        string own = Entry().Replace("mine\"", "squeezenet-1.1\"", StringComparison.Ordinal);
        var catalogue = ModelCatalogue.With(Write($$"""{ "models": [ {{Entry()}}, {{own}} ] }"""), isRequired: true);
        Assert.Equal(4, catalogue.Entries.Length);
        Assert.Equal(5, catalogue.Find("squeezenet-1.1").Size);
        Assert.Equal(3, ModelCatalogue.With(Path.Combine(_folder.Path, "none.json"), isRequired: false).Entries.Length);
        Assert.Contains("cannot be read", Assert.Throws<DataException>(() => ModelCatalogue.With(Path.Combine(_folder.Path, "none.json"), isRequired: true)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mine.onnx", "../mine.onnx", "file without a folder")]
    [InlineData("mine.onnx", "mine.exe", "ending in .onnx")]
    [InlineData("\"mine\"", "\"a b\"", "needs a name")]
    [InlineData("\"size\": 5", "\"size\": 0", "size in bytes")]
    [InlineData("SHA", "abc", "sha256")]
    [InlineData("\"MIT\"", "\"\"", "needs its licence")]
    [InlineData("\"MIT\"", "\"MIT\", \"source\": \"file:///etc/passwd\"", "no http")]
    [InlineData("\"MIT\"", "\"MIT\", \"sorce\": \"x\"", "not the JSON")]
    [InlineData("\"MIT\"", "null", "not the JSON")]
    [InlineData("\"licence\": \"MIT\"", "\"origin\": \"x\"", "not the JSON")]
    [InlineData("\"MIT\"", "\"MIT\", \"input\": { \"order\": \"RGB\", \"mean\": [1], \"deviation\": [1, 1, 1], \"height\": 2, \"width\": 2 }", "has an input")]
    [InlineData("\"MIT\"", "\"MIT\", \"input\": { \"order\": \"grey\", \"mean\": [1], \"deviation\": [0], \"height\": 2, \"width\": 2 }", "has an input")]
    public void With_FaultyEntry_IsNamed(string found, string instead, string said)
    {
        string text = Whole.Replace(found, instead, StringComparison.Ordinal).Replace("SHA", new string('a', 64), StringComparison.Ordinal);
        Assert.Contains(said, Assert.Throws<DataException>(() => ModelCatalogue.With(Write($$"""{ "models": [ {{text}} ] }"""), isRequired: true)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{ \"models\": [ null ] }")]
    [InlineData("{ \"models\": null }")]
    public void With_NoCatalogue_IsRefused(string text) => Assert.Throws<DataException>(() => ModelCatalogue.With(Write(text), isRequired: true));

    [Fact]
    public void With_OneNameTwice_IsRefused() => Assert.Contains(
        "two models named 'mine'",
        Assert.Throws<DataException>(() => ModelCatalogue.With(Write($$"""{ "models": [ {{Entry()}}, {{Entry()}} ] }"""), isRequired: true)).Message,
        StringComparison.Ordinal);

    private static string Entry() => Whole.Replace("SHA", new string('a', 64), StringComparison.Ordinal);

    private string Write(string text)
    {
        string path = Path.Combine(_folder.Path, "own.json");
        File.WriteAllText(path, text);
        return path;
    }
}
