using System.Text;

namespace MedTune;

/// <summary>Text files that appear whole or not at all.</summary>
internal static class AtomicText
{
    public static void Write(string path, string text)
    {
        string temporary = path + ".tmp";
        File.WriteAllText(temporary, text, new UTF8Encoding(false));
        File.Move(temporary, path, overwrite: true);
    }
}
