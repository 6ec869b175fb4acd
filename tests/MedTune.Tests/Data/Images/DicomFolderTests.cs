using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Tests.House;

namespace MedTune.Tests.Data.Images;

/// <summary>Folders of DICOM files without classes: the label is an attribute of the headers, patients are keyed hashes, and nothing that names a person is ever a label.</summary>
public sealed class DicomFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_AttributeAsTarget_LabelsEveryFrameAndGroupsByPatient()
    {
        Write("study1/a.dcm", "PA", "MRN1");
        Write("study1/b.dcm", "LL", "MRN1");
        Write("study2/c.dcm", "PA", "MRN2", frames: 2);
        Write("study2/d.dcm", null, "");
        File.WriteAllText(Path.Combine(_folder.Path, "notes.txt"), "no picture");
        var images = ImageSet.Open(_folder.Path, new ImageSetOptions { Target = "viewposition", Positive = "LL" });
        Assert.Equal(("ViewPosition", "PA LL"), (images.Target, string.Join(' ', images.Classes)));
        Assert.Equal(["study1/a.dcm 0", "study1/b.dcm 1", "study2/c.dcm#1 0", "study2/c.dcm#2 0", "study2/d.dcm "], images.Samples.Select(sample => $"{sample.Name} {string.Join(' ', sample.Labels)}"));
        Assert.Equal(images.Samples[0].Patient, images.Samples[1].Patient);
        Assert.Equal(3, images.Samples.Select(sample => sample.Patient).Distinct().Count()); // the last by its study
        Assert.DoesNotContain(images.Samples, sample => sample.Patient!.Contains("MRN", StringComparison.Ordinal));
        Assert.Equal([ImageFindingCodes.OtherFiles, ImageFindingCodes.DicomPatients], images.Findings.Select(finding => finding.Code));
        Assert.Equal("LL", images.Samples[1].Origin!.ViewPosition);
    }

    [Fact]
    public void Open_OneOfSeveralValues_StandsAgainstAllOthers()
    {
        Write("a.dcm", "PA", "1");
        Write("b.dcm", "LL", "2");
        Write("c.dcm", "AP", "3");
        var images = ImageSet.Open(_folder.Path, new ImageSetOptions { Target = "ViewPosition", Positive = "LL" });
        Assert.Equal(["not LL", "LL"], images.Classes.AsEnumerable());
        Assert.Equal([0, 1, 0], images.Samples.Select(sample => sample.Labels[0]));
        Assert.Equal(["AP", "LL", "PA"], ImageSet.Open(_folder.Path, new ImageSetOptions { Target = "ViewPosition" }).Classes.AsEnumerable());
        Assert.Contains("has no class", Refusal(new ImageSetOptions { Target = "ViewPosition", Positive = "XX" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PatientName", "may name a patient")]
    [InlineData("StudyDate", "may name a patient or a day")]
    [InlineData("PatientID", "keyed hash only")]
    [InlineData("InstitutionName", "keyed hash only")]
    [InlineData("Rows", "is no label")]
    [InlineData("Diagnosis", "is not among the attributes")]
    public void Open_AnotherAttribute_IsRefusedWithTheList(string target, string expected)
    {
        Write("study1/a.dcm", "PA", "MRN1");
        Write("study2/b.dcm", "LL", "MRN2");
        string refusal = Refusal(new ImageSetOptions { Target = target });
        Assert.Contains(expected, refusal, StringComparison.Ordinal);
        Assert.Contains("BodyPartExamined", refusal, StringComparison.Ordinal);
        Assert.All(DicomWriter.Planted, planted => Assert.DoesNotContain(planted, refusal, StringComparison.Ordinal));
    }

    [Fact]
    public void Open_WithoutTarget_AsksBackWithWhatTheHeadersOffer()
    {
        Write("a.dcm", "PA", "1");
        Write("b.dcm", "LL", "2");
        Write("deep/c.dcm", "LL", "3");
        string refusal = Refusal(null);
        Assert.Contains("--target", refusal, StringComparison.Ordinal);
        Assert.Contains("ViewPosition (LL 2, PA 1)", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("PatientSex", refusal, StringComparison.Ordinal); // the same in all
        Assert.Contains("is none of PatientID", Refusal(new ImageSetOptions { Target = "ViewPosition", Patient = "mrn" }), StringComparison.Ordinal);
        Assert.Contains("is none of InstitutionName", Refusal(new ImageSetOptions { Target = "ViewPosition", Site = "ward" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SexAndPlane_AreReadOnlyWhereTheyAreAskedFor()
    {
        Write("a.dcm", "PA", "1", sex: "M", orientation: "1\\0\\0\\0\\1\\0");
        Write("b.dcm", "PA", "2", sex: "F", orientation: "1\\0\\0\\0\\0\\-1");
        Assert.Equal(["F", "M"], ImageSet.Open(_folder.Path, new ImageSetOptions { Target = "PatientSex" }).Classes.AsEnumerable());
        Assert.Equal(["axial", "coronal"], ImageSet.Open(_folder.Path, new ImageSetOptions { Target = "ImageOrientationPatient" }).Classes.AsEnumerable());
    }

    [Fact]
    public void Open_FoldersOfParts_KeepTheParts()
    {
        Write("train/study1/a.dcm", "PA", "1");
        Write("train/b.dcm", "LL", "2");
        Write("test/c.dcm", "LL", "3");
        Assert.Equal(["test 0", "train 0", "train 1"], ImageSet.Open(_folder.Path, new ImageSetOptions { Target = "ViewPosition" }).Samples.Select(sample => $"{sample.Part} {sample.Labels[0]}"));
    }

    [Fact]
    public void Open_OnePatientForAllStudies_IsTold()
    {
        Write("a.dcm", "PA", "ANON", study: "1.2.3.4711.1");
        Write("b.dcm", "LL", "ANON", study: "1.2.3.4711.2");
        var one = ImageSet.Open(_folder.Path, new ImageSetOptions { Target = "ViewPosition" });
        var two = ImageSet.Open(_folder.Path, new ImageSetOptions { Target = "ViewPosition", Patient = "StudyInstanceUID" });
        Assert.Contains(one.Findings, finding => finding.Code == ImageFindingCodes.DicomOnePatient && finding.Severity == FindingSeverity.Warning);
        Assert.Equal((1, 2), (one.Samples.Select(sample => sample.Patient).Distinct().Count(), two.Samples.Select(sample => sample.Patient).Distinct().Count()));
    }

    [Fact]
    public void Open_ManifestWithoutPatients_TakesThemFromTheHeaders()
    {
        Write("a.dcm", "PA", "MRN1");
        Write("b.dcm", "LL", "MRN1", frames: 2);
        string path = Path.Combine(_folder.Path, "manifest.csv");
        File.WriteAllText(path, "path,label\na.dcm,yes\nb.dcm,no\n");
        var images = ImageSet.Open(path);
        Assert.Equal(["a.dcm", "b.dcm#1", "b.dcm#2"], images.Samples.Select(sample => sample.Name));
        Assert.Single(images.Samples.Select(sample => sample.Patient).Distinct());
        Assert.Equal(3, Assert.Single(images.Findings, finding => finding.Code == ImageFindingCodes.DicomPatients).Count);

        File.WriteAllText(path, "path,label,patient_id,slice\na.dcm,yes,7,\nb.dcm,no,8,2\n");
        var named = ImageSet.Open(path);
        Assert.Equal(["a.dcm", "b.dcm#2"], named.Samples.Select(sample => sample.Name));
        Assert.Equal(2, named.Samples.Select(sample => sample.Patient).Distinct().Count());
        Assert.DoesNotContain(named.Findings, finding => finding.Code == ImageFindingCodes.DicomPatients);

        Assert.Equal(["LL", "PA"], ImageSet.Open(path, new ImageSetOptions { Target = "ViewPosition" }).Classes.AsEnumerable());
        File.WriteAllText(path, "path,label,slice\na.dcm,yes,\nb.dcm,no,3\n");
        Assert.Contains("row 2: asks for slices that are not there", Assert.Throws<DataException>(() => ImageSet.Open(path)).Message, StringComparison.Ordinal);
    }

    private string Refusal(ImageSetOptions? options) => Assert.Throws<DataException>(() => ImageSet.Open(_folder.Path, options)).Message;

    private void Write(string name, string? view, string patient, int frames = 1, string sex = "F", string? orientation = null, string study = "1.2.3.4711")
    {
        var writer = new DicomWriter().Text(0x0010_0020, "LO", patient).Text(0x0010_0040, "CS", sex).Text(0x0020_000D, "UI", study)
            .Picture(20, 20, 1, "MONOCHROME2", 8, frames: frames).Pixels(Enumerable.Range(0, 400 * frames).Select(i => i * i % 251), 8);
        writer = view is null ? writer : writer.Text(0x0018_5101, "CS", view);
        writer = orientation is null ? writer : writer.Text(0x0020_0037, "DS", orientation);
        string path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, writer.ToArray());
    }
}
