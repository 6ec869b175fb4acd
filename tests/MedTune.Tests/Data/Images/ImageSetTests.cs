using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Tests.House;

namespace MedTune.Tests.Data.Images;

/// <summary>Folders, manifests and archives of pictures become samples with labels; identifiers become pseudonyms.</summary>
public sealed class ImageSetTests
{
    private static readonly byte[] Picture = PngFile.Write(20, 20, 1, 8, (x, y, _) => x * y % 256);

    [Fact]
    public void Open_FolderPerClass_HasClassesByNameAndPassesOtherFilesOver()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "b/2.png", "a/1.png", "a/deeper/3.png");
        File.WriteAllText(Path.Combine(folder.Path, "a", "notes.txt"), "no picture");
        var images = ImageSet.Open(folder.Path);
        Assert.Equal(["a", "b"], images.Classes.AsEnumerable());
        Assert.Equal(["a/1.png 0", "a/deeper/3.png 0", "b/2.png 1"], images.Samples.Select(sample => $"{sample.Name} {sample.Labels[0]}"));
        Assert.Equal(1, Assert.Single(images.Findings).Count);
        Assert.Equal(["b", "a"], ImageSet.Open(folder.Path, new ImageSetOptions { Positive = "a" }).Classes.AsEnumerable());
    }

    [Fact]
    public void Open_FoldersOfParts_KeepTheParts()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "train/a/1.png", "train/b/2.png", "validation/a/3.png", "test/b/4.png");
        Assert.Equal(["test b", "train a", "train b", "val a"], ImageSet.Open(folder.Path).Samples.Select(sample => $"{sample.Part} {sample.Name.Split('/')[1]}"));
    }

    [Fact]
    public void Open_Manifest_ReadsLabelsPatientsAndParts()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "p/1.png", "p/2.png");
        File.WriteAllBytes(Path.Combine(folder.Path, "p", "2.png"), PngFile.Write(20, 20, 1, 8, (x, y, _) => (x * 12) + (y % 7)));
        string path = Manifest(folder, "path,finding,patient_id,site,split\np/1.png,yes,DOE-17,Ward A,train\np/2.png,no,DOE-17,,test\n");
        var images = ImageSet.Open(path, new ImageSetOptions { Target = "finding" });
        Assert.Equal(["no", "yes"], images.Classes.AsEnumerable());
        Assert.Equal([1, 0], images.Samples.Select(sample => sample.Labels[0]));
        Assert.Equal(images.Samples[0].Patient, images.Samples[1].Patient);
        Assert.DoesNotContain("DOE", images.Samples[0].Patient!, StringComparison.Ordinal);
        Assert.Equal((null, "test"), (images.Samples[1].Site, images.Samples[1].Part));
        if (NativeLibraries.Has(NativeLibraries.Vips))
        {
            var stop = Assert.Single(ImageInspection.Run(images, 1).Findings, finding => finding.Severity == FindingSeverity.Stop);
            Assert.Equal((ImageFindingCodes.PatientAcrossParts, 1), (stop.Code, stop.Count));
        }
    }

    [Fact]
    public void Open_ManifestWithSeveralFindings_HasALabelForEach()
    {
        using var folder = new TemporaryFolder();
        string path = Manifest(folder, "path,label\n1.png,effusion;mass\n2.png,mass\n3.png,\n");
        var images = ImageSet.Open(path);
        Assert.True(images.HasSeveralLabels);
        Assert.Equal(["1 1", "0 1", "0 0"], images.Samples.Select(sample => string.Join(' ', sample.Labels)));
    }

    [Theory]
    [InlineData("path,label\n../x.png,a\ny.png,b\n", "leads out of the manifest's folder")]
    [InlineData("path,label\n/etc/x.png,a\ny.png,b\n", "leads out of the manifest's folder")]
    [InlineData("file,label\nx.png,a\ny.png,b\n", "has no column path")]
    [InlineData("path,class\nx.png,a\ny.png,b\n", "has no column label")]
    [InlineData("path,label\nx.png,a\ny.png,a\n", "one class only")]
    [InlineData("path,label,split\nx.png,a,train\ny.png,b,holdout\n", "unknown word in the column split")]
    public void Open_BadManifest_IsRefused(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = Manifest(folder, text);
        Assert.Contains(expected, Assert.Throws<DataException>(() => ImageSet.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderOfDicom_HasASampleForEachFrameAndPatientsByPseudonym()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "no/1.dcm", "yes/2.dcm", "yes/3.dcm" })
        {
            int frames = name == "yes/3.dcm" ? 3 : 1;
            var writer = new DicomWriter().Text(0x0010_0020, "LO", name == "no/1.dcm" ? "MRN4711" : "MRN4712")
                .Picture(4, 4, 1, "MONOCHROME2", 8, frames: frames).Pixels(Enumerable.Range(0, 16 * frames).Select(i => i * i % 251), 8);
            string path = Path.Combine(folder.Path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, writer.ToArray());
        }

        var images = ImageSet.Open(folder.Path);
        Assert.Equal(["no/1.dcm", "yes/2.dcm", "yes/3.dcm#1", "yes/3.dcm#2", "yes/3.dcm#3"], images.Samples.Select(sample => sample.Name));
        Assert.Equal(2, images.Samples.Select(sample => sample.Patient).Distinct().Count());
        Assert.DoesNotContain("4711", images.Samples[0].Patient!, StringComparison.Ordinal);
        Assert.Equal((4, 4, 1), (images.Read(images.Samples[3]).Width, images.Read(images.Samples[3]).Height, images.Read(images.Samples[3]).Channels));
        Assert.NotEqual(images.Read(images.Samples[2]).Samples, images.Read(images.Samples[3]).Samples);
    }

    [Fact]
    public void Open_NothingToLearnFrom_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("holds no pictures in folders", Assert.Throws<DataException>(() => ImageSet.Open(folder.Path)).Message, StringComparison.Ordinal);
        Write(folder, "a/1.png");
        Assert.Contains("one class only", Assert.Throws<DataException>(() => ImageSet.Open(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("is a single picture or volume", Assert.Throws<DataException>(() => ImageSet.Open(Path.Combine(folder.Path, "a/1.png"))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<DataException>(() => ImageSet.Open(Path.Combine(folder.Path, "nowhere"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pseudonyms_DifferByKindAndKey()
    {
        var (one, other) = (new Pseudonyms(new byte[16]), new Pseudonyms([.. Enumerable.Range(0, 16).Select(i => (byte)i)]));
        Assert.Equal(one.Of("patient", "17"), one.Of("patient", " 17 "));
        Assert.NotEqual(one.Of("patient", "17"), one.Of("study", "17"));
        Assert.NotEqual(one.Of("patient", "17"), other.Of("patient", "17"));
        Assert.Throws<ArgumentException>(() => new Pseudonyms(new byte[15]));
    }

    private static void Write(TemporaryFolder folder, params string[] names)
    {
        foreach (string name in names)
        {
            string path = Path.Combine(folder.Path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, Picture);
        }
    }

    private static string Manifest(TemporaryFolder folder, string text)
    {
        string path = Path.Combine(folder.Path, "manifest.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
