using MedTune.Cli.Options;
using MedTune.Cli.Output;
using MedTune.Data;
using MedTune.Tests.House;

namespace MedTune.Tests.Cli;

public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Failure_LeavesTheOldFileAndNothingElse()
    {
        string path = _folder.Write("out.csv", "old");
        Assert.Throws<InvalidOperationException>(() => ResultFile.Write(path, writer =>
        {
            writer.Write("half");
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_Text_IsUtf8WithoutMark()
    {
        ResultFile.Write(_folder["out.csv"], writer => writer.WriteLine("年"));
        Assert.Equal("年\n"u8.ToArray(), File.ReadAllBytes(_folder["out.csv"]));
    }

    [Fact]
    public void Check_FolderInPlaceOfFile_IsRefused()
    {
        Assert.Throws<DataException>(() => OutputFile.Check(_folder.Path, "-o"));
        Assert.Throws<DataException>(() => OutputFile.Check(_folder["missing/out.csv"], "-o"));
        OutputFile.Check(_folder["out.csv"], "-o");
    }

    [Fact]
    public void Folder_NewOrEmpty_IsTaken()
    {
        OutputFolder.Check(_folder["new"]);
        OutputFolder.Check(_folder.Path);
    }

    [Fact]
    public void Folder_InUse_IsRefused()
    {
        string file = _folder.Write("used/a.txt", "");
        Assert.Throws<DataException>(() => OutputFolder.Check(_folder["used"]));
        Assert.Throws<DataException>(() => OutputFolder.Check(file));
        Assert.Equal(_folder["used"] + "-2", OutputFolder.Free(_folder["used"]));
        Assert.Equal(_folder["free"], OutputFolder.Free(_folder["free"]));
    }
}
