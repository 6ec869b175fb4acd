namespace MedTune.Data.Images;

/// <summary>The sentences of the JPEG decoder.</summary>
internal static class JpegRefusals
{
    public static DataException Damaged(string where, string what) =>
        new($"{where}: {what}: the picture is damaged, so export it again or leave it out.");

    public static DataException Unsupported(string where, string what) =>
        new($"{where} is {what}, which is not read here: export it as baseline JPEG, PNG or uncompressed DICOM.");
}
