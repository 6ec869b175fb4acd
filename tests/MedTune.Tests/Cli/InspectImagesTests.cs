using System.Text.Json.Nodes;
using MedTune.Cli;
using MedTune.Cli.Output;
using MedTune.Data.Images;
using MedTune.Tests.Data.Images;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests.Cli;

/// <summary><c>medtune inspect</c> of pictures: classes, flow, findings, and what cannot be read.</summary>
public sealed class InspectImagesTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Inspect_Folder_ShowsClassesFlowAndFindings()
    {
        if (!HasVips())
        {
            return;
        }

        WritePictures();
        ProgramRun run = (await ProgramRun.OfAsync("inspect", _folder.Path, "--threads", "2")).Expect(ExitCode.Done);
        Assert.Contains("13 pictures, 2 classes", run.Output, StringComparison.Ordinal);
        Assert.Contains("cannot be read", run.Output, StringComparison.Ordinal);
        Assert.Contains(ImageFindingCodes.Same, run.Output, StringComparison.Ordinal);
        Assert.Contains("is cut short or damaged", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n').Skip(1), line => Assert.True(DisplayWidth.Of(line) <= Screen.MaximumWidth || line.Contains(_folder.Path, StringComparison.Ordinal), line));
    }

    [Fact]
    public async Task Inspect_FolderAsJson_GivesOneDocument()
    {
        if (!HasVips())
        {
            return;
        }

        WritePictures();
        JsonNode json = (await ProgramRun.OfAsync("inspect", _folder.Path, "--json")).Expect(ExitCode.Done).Json;
        Assert.Equal(13, (int)json["images"]!);
        Assert.Equal([6, 7], json["classes"]!.AsArray().Select(one => (int)one!["count"]!));
        Assert.Equal([13, 12], json["flow"]!.AsArray().Select(step => (int)step!["images"]!));
        Assert.Equal("b/broken.png", (string?)json["left_out"]![0]!["image"]);
        Assert.True((bool)json["twins"]![0]!["exact"]!);
    }

    [Fact]
    public async Task Inspect_OnePicture_IsRefusedWithWhatToGive()
    {
        string path = Path.Combine(_folder.Path, "one.png");
        await File.WriteAllBytesAsync(path, PngFile.Write(20, 20, 1, 8, (x, y, _) => x + y));
        ProgramRun run = (await ProgramRun.OfAsync("inspect", path)).Expect(ExitCode.DataRefused);
        Assert.Contains("is a single picture or volume", run.Error, StringComparison.Ordinal);
    }

    private void WritePictures()
    {
        for (int i = 0; i < 12; i++)
        {
            int kind = i == 2 ? 0 : i; // the first two of class a are the same
            Write($"{(i % 2 == 0 ? "a" : "b")}/{i:00}.png", PngFile.Write(40, 30, 1, 8, (x, y, _) => ((x * (kind + 3)) + (y * y * (kind + 1))) % 251));
        }

        byte[] whole = PngFile.Write(40, 30, 1, 8, (x, y, _) => (x ^ y) * 3 % 256);
        Write("b/broken.png", whole[..(whole.Length / 2)]);
    }

    private void Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    private bool HasVips()
    {
        bool isThere = NativeLibraries.Has(NativeLibraries.Vips);
        if (!isThere)
        {
            output.WriteLine("Left out: libvips42 is not installed.");
        }

        return isThere;
    }
}
