using MedTune.Data.Images;

namespace MedTune.Tests.Data.Images;

/// <summary>The header gives what the whitelist allows, identifiers only as keyed hashes, and nothing of the person.</summary>
public sealed class DicomHeaderTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Fact]
    public void Header_WithoutAKey_HasNoHashes()
    {
        DicomHeader header = Writer().Open().Header;
        Assert.All(
            [header.PatientHash, header.StudyHash, header.SeriesHash, header.InstanceHash, header.ManufacturerHash, header.InstitutionHash, header.PatientSex, header.PatientAgeSpan],
            Assert.Null);
    }

    [Fact]
    public void Header_WithAKey_HasHashesThatKeepPatientsTogether()
    {
        DicomHeader header = Writer().Open(new DicomReadOptions { HashKey = Key, KeepsDemographics = true }).Header;
        Assert.Equal(KeyedHash.Of(Key, KeyedHash.Patient, "MRN4711"), header.PatientHash);
        Assert.Equal(KeyedHash.Of(Key, KeyedHash.Patient, " MRN4711\0"), header.PatientHash);
        Assert.Equal(16, header.PatientHash!.Length);
        string[] hashes = [header.PatientHash, header.StudyHash!, header.SeriesHash!, header.InstanceHash!, header.ManufacturerHash!, header.InstitutionHash!];
        Assert.Equal(hashes.Length, hashes.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(("F", "60-69"), (header.PatientSex, header.PatientAgeSpan));
        Assert.Null(header.StationHash); // the file has none

        string other = Writer().Open(new DicomReadOptions { HashKey = Key.Reverse().ToArray() }).Header.PatientHash!;
        Assert.NotEqual(other, header.PatientHash);
        Assert.NotEqual(KeyedHash.Of(Key, "study", "MRN4711"), header.PatientHash);
        Assert.Throws<ArgumentException>(() => KeyedHash.Of(Key.AsSpan(0, 15), KeyedHash.Patient, "MRN4711"));
    }

    /// <summary>RFC 2104, worked out with Python's hmac: hmac.new(bytes(range(1, 33)), b"patient\nMRN4711", "sha256").hexdigest()[:16].</summary>
    [Fact]
    public void KeyedHash_Known_IsHmacSha256() => Assert.Equal("a3f2100bcae59aba", KeyedHash.Of(Key, KeyedHash.Patient, "MRN4711"));

    [Fact]
    public void Header_PlantedValues_AreNowhere()
    {
        DicomFile file = Writer().Open(new DicomReadOptions { HashKey = Key, KeepsDemographics = true });
        string text = file.Header + string.Join(' ', file.Findings) + file.Pixels + file.Displayed(0);
        Assert.All(DicomWriter.Planted, planted => Assert.DoesNotContain(planted, text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Header_Whitelisted_IsRead()
    {
        DicomHeader header = Writer()
            .Text(0x0008_0008, "CS", "ORIGINAL\\PRIMARY \\AXIAL").Text(0x0018_0015, "CS", "CHEST").Text(0x0018_5101, "CS", "PA").Text(0x0020_0060, "CS", "L")
            .Text(0x0020_0020, "CS", "L\\F").Text(0x0020_0037, "DS", "1\\0\\0\\0\\1\\0").Text(0x0020_0032, "DS", "-1.5\\2\\3e1").Text(0x0020_0013, "IS", " 12 ")
            .Text(0x0028_0030, "DS", "0.5\\0.25").Text(0x0028_2110, "CS", "01").Open().Header;
        Assert.Equal(("OT", "CHEST", "PA", "L"), (header.DicomModality, header.BodyPart, header.ViewPosition, header.Laterality));
        Assert.Equal(["ORIGINAL", "PRIMARY", "AXIAL"], header.ImageType.AsEnumerable());
        Assert.Equal(["L", "F"], header.PatientOrientation.AsEnumerable());
        Assert.Equal([1, 0, 0, 0, 1, 0], header.ImageOrientation.AsEnumerable());
        Assert.Equal([-1.5, 2, 30], header.ImagePositionMillimeters.AsEnumerable());
        Assert.Equal((12L, (0.5, 0.25), 2.0, true), (header.InstanceNumber, header.PixelSpacingMillimeters!.Value, header.PixelAspect, header.IsLossy));
        Assert.Equal("1.2.840.10008.5.1.4.1.1.7", header.SopClass);
        Assert.Equal(DicomSyntax.ExplicitLittleEndian, header.Syntax.Identifier);
    }

    [Theory]
    [InlineData("Doe^Jane")]
    [InlineData("DOE^JANE")]
    [InlineData("a chest")]
    [InlineData("LONGERTHANSIXTEENLETTERS")]
    public void Header_TextWhereACodeBelongs_IsDropped(string text)
    {
        DicomHeader header = Writer().Text(0x0018_0015, "CS", text).Text(0x0018_5101, "CS", text).Text(0x0020_0060, "CS", text).Text(0x0008_0060, "CS", text).Text(0x0008_0016, "UI", text).Open().Header;
        Assert.Equal((null, null, null, null, null), (header.BodyPart, header.ViewPosition, header.Laterality, header.DicomModality, header.SopClass));
    }

    [Theory]
    [InlineData("009Y", "0-9")]
    [InlineData("018M", "0-9")]
    [InlineData("104W", "0-9")]
    [InlineData("090Y", "90+")]
    [InlineData("120Y", "90+")]
    [InlineData("63", null)]
    [InlineData("JANE", null)]
    public void Header_Age_IsASpan(string age, string? expected) =>
        Assert.Equal(expected, Writer().Text(0x0010_1010, "AS", age).Open(new DicomReadOptions { KeepsDemographics = true }).Header.PatientAgeSpan);

    [Fact]
    public void Whitelist_HasNoNamesDatesOrTexts()
    {
        string[] personal = ["PN", "DA", "TM", "DT", "LT", "ST", "UT", "UC"];
        Assert.DoesNotContain(DicomWhitelist.Attributes, entry => personal.Contains(entry.ValueRepresentation, StringComparer.Ordinal));
        Assert.All(DicomWhitelist.Attributes.Where(entry => entry.ValueRepresentation is "LO" or "SH"), entry => Assert.Equal(DicomTreatment.KeyedHash, entry.Treatment));
        Assert.DoesNotContain(DicomWhitelist.Attributes, entry => entry.Tag.Group % 2 != 0);
        Assert.Equal(DicomWhitelist.Attributes.Select(entry => entry.Tag).Order(), DicomWhitelist.Attributes.Select(entry => entry.Tag));
        Assert.Equal("(0028,0010)", DicomWhitelist.Attributes.Single(entry => entry.Keyword == "Rows").Tag.ToString());
        Assert.Null(DicomWhitelist.Find(new DicomTag(0x0010, 0x0010)));
    }

    private static DicomWriter Writer() => new DicomWriter().Picture(1, 2, 1, "MONOCHROME2", 8).Pixels([7, 8], 8);
}
