using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Orchestra.Sdk.Certificates;

/// <summary>
/// What the modes 0700 and 0600 are on Windows: only the user, the system and the administrators have access. A folder outside the user's
/// profile would inherit that others may read it.
/// </summary>
[SupportedOSPlatform("windows")]
internal static class WindowsPermissions
{
    private const FileSystemRights Readable = FileSystemRights.ReadData | FileSystemRights.WriteData;

    /// <summary>Makes a directory where there is none.</summary>
    public static void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var security = new DirectorySecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        foreach (SecurityIdentifier owner in Owners())
        {
            security.AddAccessRule(new FileSystemAccessRule(
                owner,
                FileSystemRights.FullControl,
                InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit,
                PropagationFlags.None,
                AccessControlType.Allow));
        }

        new DirectoryInfo(path).Create(security);
    }

    /// <summary>Makes a new file, to write it.</summary>
    public static FileStream CreateFile(string path)
    {
        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        foreach (SecurityIdentifier owner in Owners())
        {
            security.AddAccessRule(new FileSystemAccessRule(owner, FileSystemRights.FullControl, AccessControlType.Allow));
        }

        const int BufferSize = 4096;
        return new FileInfo(path).Create(
            FileMode.CreateNew, FileSystemRights.Write, FileShare.None, BufferSize, FileOptions.None, security);
    }

    /// <summary>Whether others may read a file, or write it.</summary>
    public static bool IsOpenToOthers(string path)
    {
        SecurityIdentifier[] owners = Owners();
        AuthorizationRuleCollection rules = new FileInfo(path)
            .GetAccessControl(AccessControlSections.Access)
            .GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier));
        foreach (FileSystemAccessRule rule in rules)
        {
            bool isOwner = Array.IndexOf(owners, (SecurityIdentifier)rule.IdentityReference) >= 0;
            if (!isOwner && rule.AccessControlType == AccessControlType.Allow && (rule.FileSystemRights & Readable) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static SecurityIdentifier[] Owners()
    {
        using var user = WindowsIdentity.GetCurrent();
        return
        [
            user.User!,
            new(WellKnownSidType.LocalSystemSid, domainSid: null),
            new(WellKnownSidType.BuiltinAdministratorsSid, domainSid: null),
        ];
    }
}
