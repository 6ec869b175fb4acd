using MedTune.Cli;
using MedTune.Cli.Output;
using MedTune.Graphs.Architectures;
using MedTune.Graphs.Files;
using MedTune.Tests.House;
using MedTune.Tests.Models;

namespace MedTune.Tests.Cli;

/// <summary><c>medtune models</c> as a person and as a program types it.</summary>
public sealed class ModelsVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_Catalogue_ShowsLicenceAndWhetherItIsHere()
    {
        var run = (await ProgramRun.OfAsync("models", "list", "--models", _folder.Path)).Expect(ExitCode.Done);
        Assert.Contains("squeezenet-1.1", run.Output, StringComparison.Ordinal);
        Assert.Contains("BSD-2-Clause", run.Output, StringComparison.Ordinal);
        Assert.Contains("by hand", run.Output, StringComparison.Ordinal);
        var json = (await ProgramRun.OfAsync("models", "list", "--models", _folder.Path, "--json")).Expect(ExitCode.Done).Json;
        Assert.All(json["models"]!.AsArray(), model => Assert.False((bool)model!["is_here"]!));
    }

    [Fact]
    public async Task Pull_ModelOfAHub_SaysWhereItLiesAndUnderWhichLicence()
    {
        var run = (await ProgramRun.OfAsync("models", "pull", "nucleotide-transformer", "--models", _folder.Path)).Expect(ExitCode.WrongArguments);
        Assert.Contains("cc-by-nc-sa-4.0", run.Error, StringComparison.Ordinal);
        Assert.Contains("hyenadna", (await ProgramRun.OfAsync("models", "list", "--models", _folder.Path)).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_Name_ShowsTheEntry()
    {
        var run = (await ProgramRun.OfAsync("models", "info", "mobilenet-v1-0.25", "--models", _folder.Path)).Expect(ExitCode.Done);
        Assert.Contains("127.5", run.Output, StringComparison.Ordinal);
        Assert.Contains("05273984e6fae93dcdd9441b3675eeb188ec89d25a812c157770cf27ba6396dd", run.Output, StringComparison.Ordinal);
        Assert.Equal(224, (int)(await ProgramRun.OfAsync("models", "info", "mobilenet-v1-0.25", "--models", _folder.Path, "--json")).Json["input"]!["height"]!);
    }

    [Fact]
    public async Task Info_FileWithPlan_FitsTheWidth()
    {
        string path = Save(ResNet.Build(18, ImageNetworkOptions.Of(64, 10) with { Seed = null }));
        var run = (await ProgramRun.OfAsync("models", "info", path, "--plan", "--batch", "16")).Expect(ExitCode.Done);
        Assert.All(run.Output.Split('\n').Where(line => !line.StartsWith(path, StringComparison.Ordinal)), line => Assert.InRange(DisplayWidth.Of(line), 0, Screen.MaximumWidth));
        Assert.Contains("16x4x32x32x16", run.Output, StringComparison.Ordinal);
        Assert.Contains("Conv 20", run.Output, StringComparison.Ordinal);
        var json = (await ProgramRun.OfAsync("models", "info", path, "--plan", "--json")).Expect(ExitCode.Done).Json;
        Assert.Contains("Conv", (string)json["plan"]!["steps"]![0]!["operator"]!, StringComparison.Ordinal);
        Assert.Contains(json["plan"]!["steps"]!.AsArray(), step => ((string)step!["fused"]!).EndsWith("add, clamp", StringComparison.Ordinal));
        Assert.True((long)json["plan"]!["shared_bytes"]! < (long)json["plan"]!["unshared_bytes"]!);
        Assert.Equal("[N, 3, 64, 64]", (string)json["inputs"]![0]!["shape"]!);
    }

    [Fact]
    public async Task Info_TrainingWithinALimit_SaysWhatIsComputedAgain()
    {
        string path = Save(MobileNetV2.Build(ImageNetworkOptions.Of(64, 10) with { Seed = null }));
        string[] words = ["models", "info", path, "--plan", "--training", "--batch", "32"];
        var free = (await ProgramRun.OfAsync([.. words, "--json"])).Expect(ExitCode.Done).Json["plan"]!;
        long total = (long)free["total_bytes"]!;
        Assert.Equal(total, (long)free["shared_bytes"]! + (long)free["stored_bytes"]! + (long)free["optimizer_bytes"]! + (32 * 3 * 64 * 64 * 4), 65536d);
        string limit = $"{(total >> 10) * 2 / 3}k";
        var run = (await ProgramRun.OfAsync([.. words, "--memory", limit])).Expect(ExitCode.Done);
        Assert.All(run.Output.Split('\n').Where(line => !line.StartsWith(path, StringComparison.Ordinal)), line => Assert.InRange(DisplayWidth.Of(line), 0, Screen.MaximumWidth));
        Assert.Contains(" again ", run.Output, StringComparison.Ordinal);
        var plan = (await ProgramRun.OfAsync([.. words, "--memory", limit, "--json"])).Expect(ExitCode.Done).Json["plan"]!;
        Assert.InRange((long)plan["total_bytes"]!, 1, total * 2 / 3);
        Assert.True((long)plan["recomputed_bytes"]! > 0);
        Assert.Contains(plan["steps"]!.AsArray(), step => (bool)step!["recomputed"]!);
        Assert.Contains("it needs", (await ProgramRun.OfAsync([.. words, "--memory", "1m"])).Refusal(ExitCode.WrongArguments), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_OpenDimension_IsAskedFor()
    {
        string path = Save(TransformerEncoder.Build(new() { Vocabulary = 20, Width = 8, Depth = 1, Heads = 2, Hidden = 8, Seed = null }));
        Assert.Contains("--extent L=128", (await ProgramRun.OfAsync("models", "info", path, "--plan")).Refusal(ExitCode.WrongArguments), StringComparison.Ordinal);
        Assert.Contains("1x9x2x4", (await ProgramRun.OfAsync("models", "info", path, "--plan", "--extent", "L=9")).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCode.WrongArguments, "there are list, info and pull", "models", "get")]
    [InlineData(ExitCode.WrongArguments, "Name the model", "models", "pull")]
    [InlineData(ExitCode.WrongArguments, "takes no model", "models", "list", "x")]
    [InlineData(ExitCode.WrongArguments, "No model in the catalogue", "models", "pull", "resnet99")]
    [InlineData(ExitCode.WrongArguments, "--accept-licence BSD-2-Clause", "models", "pull", "squeezenet-1.1")]
    [InlineData(ExitCode.ModelRefused, "no address", "models", "pull", "squeezenet-1.1", "--accept-licence", "BSD-2-Clause")]
    [InlineData(ExitCode.WrongArguments, "belong to --plan", "models", "info", "squeezenet-1.1", "--batch", "2")]
    [InlineData(ExitCode.WrongArguments, "--memory to --training", "models", "info", "x.onnx", "--plan", "--memory", "4g")]
    [InlineData(ExitCode.WrongArguments, "512m or 4g", "models", "info", "x.onnx", "--plan", "--training", "--memory", "4")]
    [InlineData(ExitCode.WrongArguments, "L=128", "models", "info", "x.onnx", "--plan", "--extent", "L")]
    [InlineData(ExitCode.ModelRefused, "no file", "models", "info", "none.onnx")]
    [InlineData(ExitCode.DataRefused, "cannot be read", "models", "list", "--catalogue", "none.json")]
    public async Task Models_WrongWords_AreRefused(object code, string said, params string[] words)
    {
        string[] all = [.. words, "--models", _folder.Path];
        string file = Path.Combine(_folder.Path, "x.onnx");
        OnnxFile.Write(DnaNetwork.Build(new() { Width = 4, Seed = null }).Graph, file);
        Assert.Contains(said, (await ProgramRun.OfAsync([.. all.Select(word => word == "x.onnx" ? file : word)])).Refusal((ExitCode)code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_OwnCatalogue_FetchesAndChecks()
    {
        string source = Save(DnaNetwork.Build(new() { Width = 4, Seed = null }));
        byte[] file = await File.ReadAllBytesAsync(source);
        using var server = new UnreliableServer(request => UnreliableServer.Honest(request, file) with { SentBytes = request.From is null ? 500 : null });
        string sha = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file));
        string store = Path.Combine(_folder.Path, "store");
        Directory.CreateDirectory(store);
        await File.WriteAllTextAsync(Path.Combine(store, "catalogue.json"), $$"""
            { "models": [ { "name": "dna", "description": "d", "architecture": "dna-dilated", "modality": "DNA", "file": "dna.onnx", "size": {{file.Length}},
              "sha256": "{{sha}}", "licence": "MIT", "source": "{{server.Address()}}" } ] }
            """);
        var run = (await ProgramRun.OfAsync("models", "pull", "dna", "--models", store, "--accept-licence", "MIT", "--json")).Expect(ExitCode.Done);
        Assert.Equal(file.Length, (long)run.Json["fetched_bytes"]!);
        Assert.Contains("fetching dna", run.Error, StringComparison.Ordinal);
        Assert.Equal(file, await File.ReadAllBytesAsync(Path.Combine(store, "dna.onnx")));
        Assert.Contains("Relu", (await ProgramRun.OfAsync("models", "info", "dna", "--plan", "--models", store)).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
    }

    private string Save(Architecture network)
    {
        string path = Path.Combine(_folder.Path, "network.onnx");
        OnnxFile.Write(network.Graph, path);
        return path;
    }
}
